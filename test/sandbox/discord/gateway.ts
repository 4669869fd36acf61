import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { Watch } from './watch.ts';

/** The gateway, version 10, JSON. Source: Discord's documentation, 2026-08. */
const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

export const INTENT = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  presences: 1 << 8,
  guildMessages: 1 << 9,
  directMessages: 1 << 12,
  messageContent: 1 << 15,
} as const;
const PRIVILEGED = INTENT.guildMembers | INTENT.presences | INTENT.messageContent;
const ENDS_SESSION = new Set([1000, 1001, 4003, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014]);

export interface Identify {
  at: number;
  intents: number;
  shard: [number, number];
}
export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: [number, number];
  /** False while it waits for a RESUME. */
  readonly connected: boolean;
  readonly sequence: number;
}
interface Held extends Session {
  connected: boolean;
  sequence: number;
  socket: WebSocket | undefined;
  sent: { sequence: number; event: string; data: unknown }[];
}
export interface GatewayHost {
  botToken(): string;
  now(): number;
  gatewayUrl(): string;
  /** What READY holds beside the session. */
  ready(intents: number): Record<string, unknown>;
  /** Events right behind READY. */
  afterReady(intents: number): [event: string, data: unknown][];
  /** The last events kept for a RESUME. */
  heartbeatIntervalMs: number;
}
/** Which sessions an event is for: needs an intent, or differs by intents; undefined leaves out. */
export type DataFor = (intents: number) => unknown;

const KEPT_EVENTS = 5_000;

export class Gateway {
  readonly identifies: Identify[] = [];
  /** RESUMEs that were accepted. */
  resumes = 0;
  /** Privileged intents the developer portal allows. */
  allowedPrivilegedIntents = 0;
  readonly #host: GatewayHost;
  readonly #sockets = new Set<WebSocket>();
  readonly #sessions = new Map<string, Held>();
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #watch = new Watch();
  #refuseIdentify: number | undefined;
  readonly #twice: (string | undefined)[] = [];
  readonly #lost: (string | undefined)[] = [];

  constructor(host: GatewayHost) {
    this.#host = host;
  }

  get sessions(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  /** Resolves when a session is connected and ready. */
  connected(withinMs = 15_000): Promise<void> {
    const look = () => this.sessions.some((session) => session.connected) || undefined;
    return this.#watch
      .until(look, withinMs, () => 'The bot did not connect to the gateway')
      .then(() => {});
  }

  /** Cuts the connections; the sessions can be resumed. */
  drop(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  /** Closes with a code; 4004 and the like end the session. */
  close(code: number, reason = ''): void {
    for (const session of this.#sessions.values())
      if (ENDS_SESSION.has(code)) this.#sessions.delete(session.id);
    for (const socket of this.#sockets) socket.close(code, reason);
  }

  /** Every IDENTIFY is answered with this close code; undefined lets them in again. */
  refuseIdentifyWith(code: number | undefined): void {
    this.#refuseIdentify = code;
  }

  /** The next event, or the next of that name, is sent twice. */
  sendTwice(event?: string): void {
    this.#twice.push(event);
  }

  /** The next event, or the next of that name, never arrives. */
  lose(event?: string): void {
    this.#lost.push(event);
  }

  /** Op 9: the client must identify anew, or may resume. */
  invalidateSession(resumable = false): void {
    for (const session of this.#sessions.values()) {
      this.#send(session.socket, { op: OP.invalidSession, d: resumable });
      if (!resumable) this.#sessions.delete(session.id);
    }
  }

  /** Op 7: the client should reconnect and resume. */
  askToReconnect(): void {
    for (const socket of this.#sockets) this.#send(socket, { op: OP.reconnect, d: null });
  }

  /** Nothing is read from the connections any more: no heartbeat answers, no close frame. */
  freeze(): void {
    for (const socket of this.#sockets) socket.pause();
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#opened(ws));
  }

  /** To every session of the shard; `serverId` undefined is shard 0. */
  dispatch(event: string, serverId: string | undefined, dataFor: DataFor): void {
    if (takes(this.#lost, event)) return;
    const times = takes(this.#twice, event) ? 2 : 1;
    for (const session of this.#sessions.values()) {
      const [index, count] = session.shard;
      const wanted = serverId ? Number((BigInt(serverId) >> 22n) % BigInt(count)) : 0;
      if (index !== wanted) continue;
      const data = dataFor(session.intents);
      if (data === undefined) continue;
      for (let time = 0; time < times; time += 1) this.#dispatchTo(session, event, data);
    }
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    this.#sessions.clear();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #dispatchTo(session: Held, event: string, data: unknown): void {
    session.sequence += 1;
    session.sent.push({ sequence: session.sequence, event, data });
    if (session.sent.length > KEPT_EVENTS) session.sent.shift();
    this.#send(session.socket, { op: OP.dispatch, t: event, s: session.sequence, d: data });
  }

  #opened(socket: WebSocket): void {
    this.#sockets.add(socket);
    let session: Held | undefined;
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      this.#sockets.delete(socket);
      if (session?.socket !== socket) return;
      session.socket = undefined;
      session.connected = false;
      if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
      this.#watch.notify();
    });
    socket.on('message', (raw) => {
      let packet: { op: number; d: unknown };
      try {
        packet = JSON.parse(String(raw));
      } catch {
        return socket.close(4002, 'Error while decoding payload.');
      }
      if (packet.op === OP.heartbeat) return this.#send(socket, { op: OP.heartbeatAck, d: null });
      if (packet.op === OP.identify) {
        if (session) return socket.close(4005, 'Already authenticated.');
        session = this.#identify(socket, packet.d as IdentifyData);
        return;
      }
      if (packet.op === OP.resume) {
        session = this.#resume(socket, packet.d as ResumeData) ?? session;
        return;
      }
      if (!session) return socket.close(4003, 'Not authenticated.');
      if (packet.op !== OP.presence && packet.op !== OP.voice && packet.op !== OP.requestMembers)
        socket.close(4001, 'Unknown opcode.');
    });
    this.#send(socket, {
      op: OP.hello,
      d: { heartbeat_interval: this.#host.heartbeatIntervalMs, _trace: [] },
    });
  }

  #identify(socket: WebSocket, data: IdentifyData): Held | undefined {
    const shard = data.shard ?? [0, 1];
    this.identifies.push({ at: this.#host.now(), intents: data.intents, shard });
    this.#watch.notify();
    const refused = this.#refusalOf(data, shard);
    if (refused) {
      socket.close(refused[0], refused[1]);
      return undefined;
    }
    const session: Held = {
      id: randomUUID().replaceAll('-', ''),
      intents: data.intents,
      shard,
      connected: true,
      sequence: 0,
      socket,
      sent: [],
    };
    this.#sessions.set(session.id, session);
    this.#dispatchTo(session, 'READY', {
      v: 10,
      session_id: session.id,
      resume_gateway_url: this.#host.gatewayUrl(),
      session_type: 'normal',
      shard,
      ...this.#host.ready(data.intents),
    });
    for (const [event, payload] of this.#host.afterReady(data.intents))
      this.#dispatchTo(session, event, payload);
    this.#watch.notify();
    return session;
  }

  #refusalOf(data: IdentifyData, shard: [number, number]): [number, string] | undefined {
    if (this.#refuseIdentify !== undefined) return [this.#refuseIdentify, ''];
    if (data.token?.replace(/^Bot /, '') !== this.#host.botToken())
      return [4004, 'Authentication failed.'];
    if (!Number.isInteger(data.intents)) return [4013, 'Invalid intent(s).'];
    if (data.intents & PRIVILEGED & ~this.allowedPrivilegedIntents)
      return [4014, 'Disallowed intent(s).'];
    if (shard[0] >= shard[1]) return [4010, 'Invalid shard.'];
    return undefined;
  }

  #resume(socket: WebSocket, data: ResumeData): Held | undefined {
    const session = this.#sessions.get(data.session_id);
    if (data.token?.replace(/^Bot /, '') !== this.#host.botToken()) {
      socket.close(4004, 'Authentication failed.');
      return undefined;
    }
    if (!session || data.seq > session.sequence) {
      this.#send(socket, { op: OP.invalidSession, d: false });
      return undefined;
    }
    session.socket = socket;
    session.connected = true;
    for (const { sequence, event, data: payload } of session.sent)
      if (sequence > data.seq)
        this.#send(socket, { op: OP.dispatch, t: event, s: sequence, d: payload });
    this.resumes += 1;
    this.#dispatchTo(session, 'RESUMED', { _trace: [] });
    this.#watch.notify();
    return session;
  }

  #send(socket: WebSocket | undefined, packet: object): void {
    if (socket?.readyState === 1) socket.send(JSON.stringify({ s: null, t: null, ...packet }));
  }
}

interface IdentifyData {
  token?: string;
  intents: number;
  shard?: [number, number];
}
interface ResumeData {
  token?: string;
  session_id: string;
  seq: number;
}

function takes(planned: (string | undefined)[], event: string): boolean {
  const index = planned.findIndex((wanted) => wanted === undefined || wanted === event);
  if (index < 0) return false;
  planned.splice(index, 1);
  return true;
}
