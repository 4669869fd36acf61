/** "Animate this image": the first picture of a message, as the first frame of a video. */
import { pictureOf } from '../attachments.ts';
import { actorOf, type HandlerParts, type MessageCommandHandler } from '../handlers.ts';
import { offerMessage } from '../offers.ts';
import { noPictureThere } from '../text/answers.ts';
import { promptForPictures } from '../text/pictures.ts';
import { refusalText } from '../text/refusals.ts';

export function createAnimate(parts: HandlerParts): MessageCommandHandler {
  const { actions, answers, adminUserIds, linkOf } = parts;
  return async (command) => {
    const { requester, reply } = command;
    const [picture] = command.pictures.flatMap((attached) => {
      const url = linkOf(attached);
      return url === null ? [] : [pictureOf('first frame', attached, url)];
    });
    if (picture === undefined) return answers.privately(command, noPictureThere());
    const quoted = await actions.quote(
      { prompt: promptForPictures(1), pictures: [picture] },
      reply,
      actorOf(requester.userId, adminUserIds),
    );
    await answers.privately(
      command,
      quoted.kind === 'refused' ? refusalText(quoted.refusal) : offerMessage(quoted),
    );
  };
}
