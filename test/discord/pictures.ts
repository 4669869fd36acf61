/** Every message a job can have, by name, and how a member sees one. */
import type { MessageBody } from '../../src/discord/text/job.ts';
import type { Charge, Job } from '../../src/jobs/job.ts';
import type { FailureReason, FetchTrouble, Trouble } from '../../src/jobs/reasons.ts';
import {
  NOON,
  sampleJob,
  samplePicture,
  sampleReply,
  sampleRequest,
  sampleVideo,
} from '../jobs/samples.ts';
import { seen } from './markdown.ts';

const id = '8f3kq2zd';
const reply = sampleReply({ messageId: '1300000000000000009' });
const request = sampleRequest({ priceMicroUsd: 560_000 });
const common = { id, reply, request };
const charged: Charge = { kind: 'charged', microUsd: 570_000 };
const notCharged: Charge = { kind: 'not charged' };
const maybe: Charge = { kind: 'may have been charged', microUsd: 560_000 };

const troubles: readonly Trouble[] = [
  ...(['service away', 'rate limit', 'service budget'] as const),
  ...(['set up wrongly', 'storage', 'paused'] as const),
];
const reasons: readonly FailureReason[] = [
  ...(['declined', 'not accepted', 'model gone', 'set up wrongly', 'service budget'] as const),
  ...(['failed at the service', 'gone at the service', 'not understood', 'overdue'] as const),
  'file lost',
  'unreadable file',
];
const charges: readonly Charge[] = [notCharged, charged, maybe];

const successor = { modelId: 'omni-1.3', modelName: 'Omni 1.3', priceMicroUsd: 480_000 };

/** Each state with each reason, trouble, charge and place that changes what is read. */
export function everyPicture(): ReadonlyMap<string, Job> {
  const pictures = new Map<string, Job>();
  const add = (name: string, job: Job) => pictures.set(name, job);
  add('received', sampleJob('received', common));
  const [frame, other] = ['first frame', 'reference'] as const;
  const withOne = sampleRequest({ ...request, pictures: [samplePicture(frame)] });
  const withTwo = sampleRequest({
    ...request,
    pictures: [samplePicture(frame), samplePicture(other)],
  });
  add('gathering', sampleJob('gathering', { ...common, request: withOne }));
  add('gathering, two pictures', sampleJob('gathering', { ...common, request: withTwo }));
  add('queued, next', sampleJob('queued', common));
  add('queued, three ahead', sampleJob('queued', { ...common, ahead: 3 }));
  for (const trouble of troubles) {
    add(`queued, ${trouble}`, sampleJob('queued', { ...common, trouble }));
  }
  add('submitting', sampleJob('submitting', common));
  add(
    'submitting, asked to stop',
    sampleJob('submitting', { ...common, cancelAsked: 'by requester' }),
  );
  add('generating', sampleJob('generating', common));
  for (const trouble of troubles) {
    add(`generating, ${trouble}`, sampleJob('generating', { ...common, trouble }));
  }
  const fixed = sampleRequest({ ...request, modelName: 'Veo 3.1', canCancel: false });
  add('generating, cannot be cancelled', sampleJob('generating', { ...common, request: fixed }));
  add('cancelling', sampleJob('cancelling', common));
  add('downloading', sampleJob('downloading', { ...common, charge: charged }));
  for (const trouble of [...troubles, 'file broken'] satisfies FetchTrouble[]) {
    add(`downloading, ${trouble}`, sampleJob('downloading', { ...common, trouble }));
  }
  const large = { ...sampleVideo, sizeBytes: 14_680_064 };
  add('shrinking', sampleJob('shrinking', { ...common, charge: charged, video: large }));
  add('delivering', sampleJob('delivering', { ...common, charge: charged }));
  const made = { ...common, charge: charged };
  const { channelId, messageId } = reply;
  const posted = { channelId, messageId: messageId ?? '' };
  add(
    'delivered',
    sampleJob('delivered', { ...made, posted: { ...posted, rung: 'reply by bot' } }),
  );
  add('delivered, may have been charged', {
    ...sampleJob('delivered', { ...made, charge: maybe }),
  });
  add(
    'delivered in a new message',
    sampleJob('delivered', {
      ...made,
      posted: { channelId, messageId: '1300000000000000010', rung: 'new message' },
    }),
  );
  add(
    'delivered by direct message',
    sampleJob('delivered', {
      ...made,
      posted: { channelId: '1400', messageId: '1401', rung: 'direct message' },
    }),
  );
  const otherwise = { durationMs: 4_000, width: 720, height: 1_280 };
  for (const [what, over] of [
    ['another length', { durationMs: 4_000 }],
    ['another length and form', otherwise],
  ] as const) {
    const video = { ...sampleVideo, ...over };
    const job = { ...made, video, posted: { ...posted, rung: 'reply by bot' } } as const;
    add(`delivered in ${what}`, sampleJob('delivered', job));
  }
  for (const hasLink of [false, true]) {
    const copy = { ...sampleVideo, sizeBytes: 9_856_614 };
    const smaller = { video: copy, originalUntilAt: NOON + 30 * 86_400_000, hasLink };
    const job = {
      ...made,
      video: large,
      smaller,
      posted: { ...posted, rung: 'reply by bot' },
    } as const;
    add(
      `delivered as a smaller copy${hasLink ? ', with a link' : ''}`,
      sampleJob('delivered', job),
    );
  }
  for (const ways of [
    { smallerBytes: 10_485_760, link: false },
    { smallerBytes: null, link: true },
    { smallerBytes: 10_485_760, link: true },
  ]) {
    const of = { ...made, video: large, ways };
    add(`undelivered, too large, ${JSON.stringify(ways)}`, sampleJob('undelivered', of));
  }
  for (const reason of ['too large', 'unreachable', 'removed by requester'] as const) {
    const video = { ...sampleVideo, sizeBytes: 14_680_064 };
    const other = { ...video, ...otherwise };
    add(
      `undelivered, ${reason}, in another form`,
      sampleJob('undelivered', { ...made, video: other, reason }),
    );
    add(`undelivered, ${reason}`, sampleJob('undelivered', { ...made, video, reason }));
    const gone = { ...made, video, reason, keptUntilAt: null };
    add(`undelivered, ${reason}, kept no longer`, sampleJob('undelivered', gone));
  }
  add('unconfirmed', sampleJob('unconfirmed', { ...common, charge: maybe }));
  for (const reason of reasons) {
    for (const charge of charges) {
      const job = sampleJob('failed', { ...common, reason, charge, said: null });
      add(`failed, ${reason}, ${charge.kind}`, job);
    }
  }
  add(
    'failed, declined with words',
    sampleJob('failed', { ...common, said: 'Not *this* <@1>, see https://evil.example' }),
  );
  add(
    'failed, model gone, with a successor',
    sampleJob('failed', { ...common, reason: 'model gone', said: null, successor }),
  );
  add(
    'failed, overdue with a late look left',
    sampleJob('failed', { ...common, reason: 'overdue', said: null, charge: maybe, dueAt: NOON }),
  );
  for (const why of [
    'by requester',
    'by admin',
    'never acknowledged',
    'waited too long',
  ] as const) {
    for (const charge of charges) {
      add(`cancelled ${why}, ${charge.kind}`, sampleJob('cancelled', { ...common, why, charge }));
    }
  }
  for (const why of ['picture gone', 'picture too large', 'no picture', 'picture kind'] as const) {
    const about = { ...common, request: withOne, why, charge: notCharged };
    add(`cancelled, ${why}`, sampleJob('cancelled', about));
  }
  const forgotten = { ...made, request: { ...request, prompt: '' } };
  add('delivered, prompt deleted', sampleJob('delivered', forgotten));
  for (const [name, job] of [...pictures]) {
    const elsewhere = sampleReply({ ...reply, place: 'elsewhere' });
    if (!/,/.test(name)) add(`${name}, where only the token reaches`, { ...job, reply: elsewhere });
  }
  return pictures;
}

/** As a member reads it: escapes resolved, timestamps as times, buttons in brackets. */
export function asSeen(message: MessageBody): string {
  const { text } = seen(message.content);
  const times = text.replace(/<t:(\d+):(\w)>/g, (_, seconds: string, style: string) => {
    const [day, clock = ''] = new Date(Number(seconds) * 1000).toISOString().split('T');
    if (style === 'D') return `‹${day}›`;
    const time = clock.slice(0, 8);
    return style === 'R' ? `‹counts to ${time}›` : `‹${time}›`;
  });
  const labels = message.components.flatMap((row) =>
    row.components.map((button) => ('label' in button ? `[${button.label}]` : '[?]')),
  );
  return labels.length === 0 ? times : `${times}\n${labels.join(' ')}`;
}
