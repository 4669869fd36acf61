/** "Animate this image": the first picture of a message, as the first frame of a video. */

import { actorOf, type HandlerParts, type MessageCommandHandler } from '../handlers.ts';
import { pictureOf } from '../incoming/attachments.ts';
import { offerMessage } from '../offers.ts';
import { promptForPictures } from '../text/pictures.ts';
import { wordsOf } from '../text/words.ts';
import { placeOf, type WaysOut } from '../waysOut.ts';

export interface AnimateParts extends HandlerParts {
  readonly waysOut: WaysOut;
}

export function createAnimate(parts: AnimateParts): MessageCommandHandler {
  const { actions, answers, adminUserIds, linkOf, waysOut } = parts;
  return async (command) => {
    const { requester, reply } = command;
    const words = wordsOf(command);
    const [picture] = command.pictures.flatMap((attached) => {
      const url = linkOf(attached);
      return url === null ? [] : [pictureOf('first frame', attached, url)];
    });
    if (picture === undefined)
      return answers.privately(command, words.answer.noPictureThere(words.command.firstFrame.name));
    const quoted = await actions.quote(
      { prompt: promptForPictures(1, words), pictures: [picture] },
      reply,
      actorOf(requester, adminUserIds),
    );
    const who = { ...requester, ...placeOf(reply) };
    await answers.privately(
      command,
      quoted.kind === 'refused' ? await waysOut(quoted, who) : offerMessage(quoted, words),
    );
  };
}
