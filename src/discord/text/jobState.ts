/** The last line of a job's message: what is going on now, or what happened and what to do. */
import type { Charge, FailureReason, FetchTrouble, Job, JobIn, Trouble } from '../../jobs/job.ts';
import { isInReply } from './jobButtons.ts';
import { money } from './money.ts';
import { quote } from './quote.ts';

/** Null where the video speaks for itself. */
export function stateLine(job: Job): string | null {
  switch (job.state) {
    case 'received':
      return '⏳ Waiting to start · nothing charged yet';
    case 'gathering':
      return `🖼️ Fetching your ${picturesWord(job)} · nothing charged yet`;
    case 'queued':
      return queuedLine(job);
    case 'submitting':
      return job.cancelAsked ? stoppingLine(job) : '🎬 Starting';
    case 'generating':
      return generatingLine(job);
    case 'cancelling':
      return stoppingLine(job);
    case 'downloading':
      return job.trouble === null ? onItsWay : `📥 Made. ${fetchTrouble[job.trouble]}`;
    case 'delivering':
      return onItsWay;
    case 'delivered':
      return deliveredLine(job);
    case 'undelivered':
      return undeliveredLine(job);
    case 'unconfirmed':
      return `⚠️ The answer to this request was lost. ${chargeSentence(job.charge)} It is not sent again by itself.`;
    case 'failed':
      return failedLine(job);
    case 'cancelled':
      return cancelledLine(job);
    default:
      return job satisfies never;
  }
}

/** `Not charged.`, `Charged $0.56.` or `It may have been charged ($0.56).` */
function chargeSentence(charge: Charge): string {
  switch (charge.kind) {
    case 'not charged':
      return 'Not charged.';
    case 'charged':
      return `Charged ${money(charge.microUsd)}.`;
    case 'may have been charged':
      return `It may have been charged (${money(charge.microUsd)}).`;
    default:
      return charge satisfies never;
  }
}

/** One sentence for fetching and one for posting: two quick edits would show a member nothing new. */
const onItsWay = '📥 Made, on its way to you';

function picturesWord({ request }: Job): string {
  return request.pictures.length === 1 ? 'picture' : 'pictures';
}

function queuedLine(job: JobIn<'queued'>): string {
  if (job.trouble === null) {
    const where = job.ahead > 0 ? `Waiting, ${job.ahead} ahead of you` : 'Waiting to start';
    return `⏳ ${where} · nothing charged yet`;
  }
  const [what, when] = queueTrouble[job.trouble];
  return `${what} Nothing charged; it starts by itself ${when} (until ${timeOfDay(job.deadlineAt)}).`;
}

const queueTrouble: Readonly<Record<Trouble, readonly [what: string, when: string]>> = {
  'service away': ['🔌 The video service cannot be reached.', 'when it is back'],
  'rate limit': ['⏳ The video service is busy.', 'when there is room'],
  'service budget': ["🧾 The bot's video budget is used up for now.", 'when there is budget again'],
  'set up wrongly': [
    '🛠️ The bot is set up wrongly for this; its admins have been told.',
    'when that is repaired',
  ],
  storage: ['💾 Paused: the bot is out of storage.', 'when there is room'],
  paused: ['⏸️ Paused by an admin.', 'when that ends'],
};

const fetchTrouble: Readonly<Record<FetchTrouble, string>> = {
  'service away':
    'It cannot be fetched yet: the video service is away. It is tried again by itself.',
  'rate limit': 'It cannot be fetched yet: the video service is busy. It is tried again by itself.',
  'service budget':
    "It cannot be fetched yet: the bot's video budget is used up. It is tried again by itself.",
  'set up wrongly':
    'It cannot be fetched yet: the bot is set up wrongly for this; its admins have been told. It is tried again by itself.',
  storage: 'It cannot be fetched yet: the bot is out of storage. It is tried again by itself.',
  paused: 'It cannot be fetched yet: paused by an admin. It is tried again by itself.',
  'file broken':
    'It cannot be fetched yet: what the video service sends is not a whole video. It is tried again by itself.',
};

function generatingLine(job: JobIn<'generating'>): string {
  if (job.trouble === null) return `🎬 Being made, expected ${countdown(job.likelyAt)}`;
  const why = job.trouble === 'rate limit' ? 'is busy' : 'cannot be asked about it';
  return `🔌 Being made, but the video service ${why} at the moment. The bot keeps asking.`;
}

function stoppingLine(job: Job): string {
  return `✋ Stopping. The service may still charge for it (${money(job.request.priceMicroUsd)}).`;
}

function deliveredLine(job: JobIn<'delivered'>): string | null {
  if (isInReply(job)) return null;
  const { channelId, messageId } = job.posted;
  if (channelId !== job.reply.channelId) return '📬 Sent to you as a direct message.';
  const guild = job.reply.guildId ?? '@me';
  return `📬 Posted in a new message: https://discord.com/channels/${guild}/${channelId}/${messageId}`;
}

function undeliveredLine(job: JobIn<'undelivered'>): string {
  const kept = keptText(job);
  switch (job.reason) {
    case 'too large':
      return `📦 Made, but it is ${megabytes(job.video.sizeBytes)} and Discord does not accept a file that large here. ${kept} (video ${job.id}).`;
    case 'unreachable':
      return `📦 Made, but it could not be posted. ${kept}${job.keptUntilAt === null ? '.' : ': press Show result.'}`;
    case 'removed by requester':
      return `📦 Made, but its message was deleted, so it was not posted. ${kept}.`;
    default:
      return job.reason satisfies never;
  }
}

/** Without its full stop. */
export function keptText({ keptUntilAt }: Pick<JobIn<'undelivered'>, 'keptUntilAt'>): string {
  return keptUntilAt === null
    ? 'It is not kept any more'
    : `It is kept for you until <t:${Math.floor(keptUntilAt / 1000)}:D>`;
}

/** What happened; the charge and the advice follow. */
const failures: Readonly<Record<FailureReason, readonly [happened: string, advice: string]>> = {
  declined: ['🚫 The model declined', 'Say it differently and try again.'],
  'not accepted': [
    '🚫 The video service did not accept this request',
    'Say it differently, or choose other settings.',
  ],
  'model gone': ['💤 This model has been retired', 'Choose another one with `/veo`.'],
  'set up wrongly': [
    '🛠️ The bot is set up wrongly for this; its admins have been told',
    'Try again later.',
  ],
  'service budget': ["🧾 The bot's video budget is used up", 'Try again later.'],
  'clip gone': [
    '⌛ The video service does not keep the video any more that this was to be made of',
    'Make a new one instead.',
  ],
  'failed at the service': ['⚠️ The video service could not make it', 'Try again.'],
  'gone at the service': ['⚠️ The video service does not know this video any more', ''],
  'not understood': [
    '⚠️ The service says it is made, but no video could be found in its answer',
    '',
  ],
  overdue: ['⌛ The video service did not finish in time', ''],
  'file lost': ['⚠️ It was made, but its file was lost before it could be posted', ''],
  'unreadable file': [
    '⚠️ It was made, but the file that the video service sends is no video that the bot can read',
    '',
  ],
};

function failedLine(job: JobIn<'failed'>): string {
  const [happened, advice] = failures[job.reason];
  const said = job.said === null ? '' : quote(job.said, 150);
  const what = said === '' ? `${happened}.` : `${happened}: "${said}"`;
  const rest = [
    chargeSentence(job.charge),
    job.dueAt === null ? advice : 'If it is finished later, it is still posted.',
    needsAdmin.includes(job.reason) ? `An admin can look into it: video ${job.id}.` : '',
  ];
  return [what, ...rest.filter((sentence) => sentence !== '')].join(' ');
}

const needsAdmin: readonly FailureReason[] = [
  'gone at the service',
  'not understood',
  'overdue',
  'file lost',
  'unreadable file',
];

function cancelledLine(job: JobIn<'cancelled'>): string {
  const charge = chargeSentence(job.charge);
  switch (job.why) {
    case 'by requester':
      return job.charge.kind === 'not charged'
        ? `✋ Cancelled before it started. ${charge}`
        : `✋ Cancelled. ${charge}`;
    case 'by admin':
      return `✋ Cancelled by an admin. ${charge}`;
    case 'never acknowledged':
      return `✋ Not started. ${charge}`;
    case 'waited too long':
      return `⌛ It could not be started in time. ${charge} Try again later.`;
    case 'picture gone':
      return `🖼️ The picture cannot be fetched from Discord any more. ${charge} Send it again.`;
    case 'picture too large':
      return `🖼️ The picture is too large to work with. ${charge} Send a smaller one.`;
    case 'no picture':
      return `🖼️ The file is no picture that can be read. ${charge} Send a PNG, JPEG, WebP or GIF.`;
    case 'picture kind':
      return `🖼️ ${quote(job.request.modelName, 40)} does not take this kind of picture. ${charge} Send a PNG, JPEG, WebP or GIF.`;
    default:
      return job.why satisfies never;
  }
}

/** Counts by itself in every client: no edit is needed for it. */
function countdown(atMs: number): string {
  return `<t:${Math.round(atMs / 1000)}:R>`;
}

function timeOfDay(atMs: number): string {
  return `<t:${Math.round(atMs / 1000)}:t>`;
}

function megabytes(sizeBytes: number): string {
  const mb = sizeBytes / 1_048_576;
  return `${mb < 10 ? Math.max(0.1, Math.round(mb * 10) / 10) : Math.round(mb)} MB`;
}
