/** Draws in a terminal what a member sees in Discord. */
import type { Message } from '../sandbox/discord/message.ts';

const dim = (text: string): string => (process.stdout.isTTY ? `\u001b[2m${text}\u001b[0m` : text);
const bold = (text: string): string => (process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text);

export class Screen {
  readonly #startedAt = performance.now();
  #last = '';

  say(text: string): void {
    console.log(`${dim(this.#time())}  ${bold(text)}`);
  }

  /** The message as it stands, once for each state it is seen in. */
  show(channel: string, message: Message): void {
    const picture = drawn(message);
    if (picture === this.#last) return;
    this.#last = picture;
    const head = `#${channel} · ${message.author.name}${message.edits.length > 0 ? ' (edited)' : ''}`;
    console.log(`${dim(this.#time())}  ${dim(head)}`);
    for (const line of picture.split('\n')) console.log(`         │ ${line}`);
  }

  #time(): string {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    return `${seconds.toFixed(1).padStart(6)} s`;
  }
}

function drawn(message: Message): string {
  const lines: string[] = [];
  if (message.content === '' && message.attachments.length === 0) lines.push('is thinking…');
  else lines.push(...asRead(message.content).split('\n'));
  for (const file of message.attachments) {
    lines.push(
      `▶ ${file.filename} (${(file.sizeBytes / 1e6).toFixed(2)} MB) “${file.description ?? ''}”`,
    );
  }
  if (message.buttons.length > 0) {
    lines.push(message.buttons.map((button) => `[ ${button.label} ]`).join(' '));
  }
  return lines.join('\n');
}

/** Timestamps as a client draws them; the rest is shown as it was sent. */
function asRead(content: string): string {
  return content.replace(/<t:(\d+):([a-zA-Z])>/g, (_, unix: string, style: string) => {
    const at = Number(unix) * 1000;
    if (style !== 'R') return new Date(at).toLocaleTimeString();
    const seconds = Math.round((at - Date.now()) / 1000);
    return seconds >= 0 ? `in ${seconds} seconds` : `${-seconds} seconds ago`;
  });
}
