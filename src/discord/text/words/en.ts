/**
 * Everything a member reads, in English. The shape of this object is the shape of every language:
 * what is added here is asked for by the compiler in all of them.
 *
 * What is put into a sentence comes ready to be read: prices as `$0.56`, times as Discord
 * timestamps, names of models escaped. A number is a number where the grammar needs it. One list
 * though it is long: it is what a translator reads at a sitting.
 */
import { joined } from './joined.ts';

/** The same three words about money wherever they are said. */
const nothingCharged = 'Nothing charged.';
const setUpWrongly = '🛠️ The bot is set up wrongly for this; its admins have been told';
const retired = 'it has been retired here, or does no such thing';
const anew = 'Make a new one instead.';
const stays = 'Use /veo to make a new one.';
const videos = (count: number) => (count === 1 ? '1 video' : `${count} videos`);
const requests = (count: number) => (count === 1 ? '1 request' : `${count} requests`);

export const en = {
  grammar: {
    /** As numbers of things are written. */
    count: (count: number) => count.toLocaleString('en-US'),
    /** `4, 6 or 8` */
    either: (items: readonly string[]) => joined(items, ', ', ' or '),
    sentences: (sentences: readonly string[]) => sentences.join(' '),
  },

  charge: {
    not: 'not charged',
    charged: (price: string) => `${price} charged`,
    maybe: (price: string) => `${price} may have been charged`,
    saidNot: 'Not charged.',
    saidCharged: (price: string) => `Charged ${price}.`,
    saidMaybe: (price: string) => `It may have been charged (${price}).`,
  },

  /** At most 80 characters, price included; five have to stand in one row. */
  button: {
    cancel: 'Cancel',
    show: 'Show result',
    again: (price: string) => `Run again ${price}`,
    againBy: (model: string, price: string) => `Run with ${model} ${price}`,
    change: 'Change',
    full: (price: string) => `Make it in full ${price}`,
    fullAnew: (price: string) => `Make a new one in full ${price}`,
    extend: (price: string) => `Extend ${price}`,
    upscale: (price: string) => `Upscale ${price}`,
    delete: 'Delete',
    smaller: 'Smaller version',
    link: 'Link',
    deleteNow: 'Delete it',
    make: (price: string) => `Make it ${price}`,
    options: 'Options',
    makeSeconds: (seconds: number, price: string) => `Make it ${seconds} s ${price}`,
    showNumber: (number: number) => `Show ${number}`,
    newer: 'Newer',
    older: 'Older',
    forget: 'Delete my data',
    forgetNow: 'Delete it all',
  },

  /** The line of facts of a video. */
  facts: {
    promptDeleted: 'prompt deleted',
    madeIn: (duration: string) => `made in ${duration}`,
    fromPictures: (count: number) => `from ${count === 1 ? '1 picture' : `${count} pictures`}`,
    draft: 'Draft',
    basis: { edit: 'Changed video', extend: 'Extended video', upscale: 'Upscaled video' },
    /** Read aloud to those who do not see it. */
    altText: 'Video',
    altTextOf: (prompt: string) => `Video: ${prompt}`,
  },

  /** What is going on with a job, or how it ended. */
  job: {
    waiting: '⏳ Waiting to start · nothing charged yet',
    waitingBehind: (ahead: number) => `⏳ Waiting, ${ahead} ahead of you · nothing charged yet`,
    gathering: (count: number) =>
      `🖼️ Fetching your ${count === 1 ? 'picture' : 'pictures'} · nothing charged yet`,
    held: (what: string, when: string, until: string) =>
      `${what} Nothing charged; it starts by itself ${when} (until ${until}).`,
    heldBy: {
      'service away': {
        what: '🔌 The video service cannot be reached.',
        when: 'when it is back',
      },
      'rate limit': { what: '⏳ The video service is busy.', when: 'when there is room' },
      'service budget': {
        what: "🧾 The bot's video budget is used up for now.",
        when: 'when there is budget again',
      },
      'set up wrongly': { what: `${setUpWrongly}.`, when: 'when that is repaired' },
      storage: { what: '💾 Paused: the bot is out of storage.', when: 'when there is room' },
      paused: { what: '⏸️ Paused by an admin.', when: 'when that ends' },
    },
    starting: '🎬 Starting',
    stopping: (price: string) => `✋ Stopping. The service may still charge for it (${price}).`,
    generating: (expected: string) => `🎬 Being made, expected ${expected}`,
    generatingBusy:
      '🔌 Being made, but the video service is busy at the moment. The bot keeps asking.',
    generatingUnseen:
      '🔌 Being made, but the video service cannot be asked about it at the moment. The bot keeps asking.',
    onItsWay: '📥 Made, on its way to you',
    fetching: (why: string) =>
      `📥 Made. It cannot be fetched yet: ${why}. It is tried again by itself.`,
    fetchingWhy: {
      'service away': 'the video service is away',
      'rate limit': 'the video service is busy',
      'service budget': "the bot's video budget is used up",
      'set up wrongly': 'the bot is set up wrongly for this; its admins have been told',
      storage: 'the bot is out of storage',
      paused: 'paused by an admin',
      'file broken': 'what the video service sends is not a whole video',
    },
    sentToDm: '📬 Sent to you as a direct message.',
    postedAt: (link: string) => `📬 Posted in a new message: ${link}`,
    yourVideoIsReady: (member: string) => `📬 ${member}, your video is ready.`,
    keptUntil: (until: string) => `It is kept for you until ${until}`,
    notKept: 'It is not kept any more',
    tooLarge: (size: string, kept: string, id: string) =>
      `📦 Made, but it is ${size} and Discord does not accept a file that large here. ${kept} (video ${id}).`,
    shrinking: (size: string) =>
      `📦 Made, but it is ${size} and Discord does not accept a file that large here. It is being made smaller.`,
    /** In the file itself; both as `8 s` or `1280×720`. */
    madeOtherwise: (made: string, asked: string) =>
      `ℹ️ The video service made ${made} instead of ${asked}; the price is for what it made.`,
    madeSmaller: (sizes: string, until: string) =>
      `📦 Made smaller to fit here: ${sizes}. The original is kept until ${until}.`,
    madeSmallerWithLink: (sizes: string, until: string, link: string) =>
      `📦 Made smaller to fit here: ${sizes}. The original is kept until ${until}: press ${link}.`,
    canBeSmaller: (smaller: string) => `${smaller} makes a copy that fits; it looks worse.`,
    canBeElsewhere:
      '`/videos` brings it to a place that takes larger files, such as a server with boosts.',
    canBeLinked: (link: string) => `${link} lets you watch it outside of Discord.`,
    unreachable: (kept: string, showResult: string) =>
      `📦 Made, but it could not be posted. ${kept}: press ${showResult}.`,
    unreachableGone: (notKept: string) => `📦 Made, but it could not be posted. ${notKept}.`,
    removed: (kept: string) =>
      `📦 Made, but its message was deleted, so it was not posted. ${kept}.`,
    copyTooLarge: (kept: string) =>
      `📦 Discord does not accept a file that large here. ${kept}: try \`/videos\` in another place, or in a direct message with the bot.`,
    copyNotPosted: (kept: string) =>
      `📦 It could not be posted here now. ${kept}: try \`/videos\` again in a minute.`,
    unconfirmed: (charge: string) =>
      `⚠️ The answer to this request was lost. ${charge} It is not sent again by itself.`,
    itsSuccessor: (model: string, price: string) =>
      `Its successor is ${model}, ${price} for the same.`,
    ended: (happened: string) => `${happened}.`,
    endedSaying: (happened: string, said: string) => `${happened}: "${said}"`,
    stillPosted: 'If it is finished later, it is still posted.',
    adminCanLook: (id: string) => `An admin can look into it: video ${id}.`,
    /** What happened, without its full stop. */
    failed: {
      declined: '🚫 The model declined',
      'not accepted': '🚫 The video service did not accept this request',
      'model gone': '💤 This model has been retired',
      'set up wrongly': setUpWrongly,
      'service budget': "🧾 The bot's video budget is used up",
      'clip gone': '⌛ The video that this was to be made of is not kept any more',
      'failed at the service': '⚠️ The video service could not make it',
      'gone at the service': '⚠️ The video service does not know this video any more',
      'not understood': '⚠️ The service says it is made, but no video could be found in its answer',
      overdue: '⌛ The video service did not finish in time',
      'file lost': '⚠️ It was made, but its file was lost before it could be posted',
      'unreadable file':
        '⚠️ It was made, but the file that the video service sends is no video that the bot can read',
    },
    /** What to do; nothing where nothing can be done. */
    advice: {
      declined: 'Say it differently and try again.',
      'not accepted': 'Say it differently, or choose other settings.',
      'model gone': 'Choose another one with `/veo`.',
      'set up wrongly': 'Try again later.',
      'service budget': 'Try again later.',
      'clip gone': anew,
      'failed at the service': 'Try again.',
      'gone at the service': null,
      'not understood': null,
      overdue: null,
      'file lost': null,
      'unreadable file': null,
    },
    cancelledBefore: (charge: string) => `✋ Cancelled before it started. ${charge}`,
    cancelled: (charge: string) => `✋ Cancelled. ${charge}`,
    cancelledByAdmin: (charge: string) => `✋ Cancelled by an admin. ${charge}`,
    notStarted: (charge: string) => `✋ Not started. ${charge}`,
    waitedTooLong: (charge: string) =>
      `⌛ It could not be started in time. ${charge} Try again later.`,
    pictureGone: (charge: string) =>
      `🖼️ The picture cannot be fetched from Discord any more. ${charge} Send it again.`,
    pictureTooLarge: (charge: string) =>
      `🖼️ The picture is too large to work with. ${charge} Send a smaller one.`,
    noPicture: (charge: string) =>
      `🖼️ The file is no picture that can be read. ${charge} Send a PNG, JPEG, WebP or GIF.`,
    pictureKind: (model: string, charge: string) =>
      `🖼️ ${model} does not take this kind of picture. ${charge} Send a PNG, JPEG, WebP or GIF.`,
  },

  /** Why nothing is made, before anything is paid. */
  refusal: {
    emptyPrompt: `There is nothing to see in this prompt: say in words what the video should show. ${nothingCharged}`,
    promptTooLong: (chars: string, most: string) =>
      `This prompt has ${chars} characters, at most ${most} go. ${nothingCharged} Shorten it and send it again.`,
    noModels: `No video model can be used here at the moment; an admin of the bot has to look at it. ${nothingCharged} Try again later.`,
    /** An admin decided so. */
    blocked: {
      'member here': `🚫 The admins of this server do not let you make videos here. ${nothingCharged} Ask them why; what you have made stays in /videos.`,
      member: `🚫 The admins of this bot do not let you make videos. ${nothingCharged} Ask them why; what you have made stays in /videos.`,
      server: `🚫 The admins of this bot make no videos in this server. ${nothingCharged} Ask them why, or use the bot elsewhere.`,
    },
    refusedWords: `🚫 The rules here do not allow something in this prompt. ${nothingCharged} Say it differently.`,
    notAgeRestricted: `🔞 In this server videos are made only in channels that are marked age-restricted. ${nothingCharged} Ask for it there.`,
    modelOff: (model: string, models: string) =>
      `${model} is not offered here. ${nothingCharged} Choose ${models}.`,
    unknownModel: (asked: string, models: string) =>
      `There is no model "${asked}" here any more. ${nothingCharged} Choose ${models}.`,
    notMade: (asked: string, model: string, makes: string) =>
      `"${asked}" does not go with ${model}: it makes ${makes}. ${nothingCharged}`,
    needsSeconds: (resolution: string, seconds: string, model: string) =>
      `${resolution} needs ${seconds} s on ${model}. ${nothingCharged}`,
    noDraft: (resolution: string, model: string) =>
      `Nothing is cheaper than ${resolution} on ${model}, so a draft of it is no use. ${nothingCharged}`,
    dearer: (price: string, shown: string) =>
      `This costs ${price} by now, not ${shown}. Nothing charged yet: press once more if you want it for that.`,
    cannotChange: {
      edit: (model: string) =>
        `${model} cannot change this video: ${retired}. ${nothingCharged} ${anew}`,
      extend: (model: string) =>
        `${model} cannot extend this video: ${retired}. ${nothingCharged} ${anew}`,
      upscale: (model: string) =>
        `${model} cannot upscale this video: ${retired}. ${nothingCharged} ${anew}`,
    },
    clipTooLong: {
      edit: (seconds: number, model: string, most: number) =>
        `This video is ${seconds} s long; ${model} can change one of at most ${most} s. ${nothingCharged} ${anew}`,
      extend: (seconds: number, model: string, most: number) =>
        `This video is ${seconds} s long; ${model} can extend one of at most ${most} s. ${nothingCharged} ${anew}`,
      upscale: (seconds: number, model: string, most: number) =>
        `This video is ${seconds} s long; ${model} can upscale one of at most ${most} s. ${nothingCharged} ${anew}`,
    },
    clipForgotten: `The data of that video has been deleted here, so nothing can be made of it any more. ${nothingCharged} ${anew}`,
    clipTooOld: {
      edit: (kept: string) =>
        `The video service keeps a video ${kept}, and this one is older: it cannot be changed any more. ${nothingCharged} ${anew}`,
      extend: (kept: string) =>
        `The video service keeps a video ${kept}, and this one is older: it cannot be extended any more. ${nothingCharged} ${anew}`,
      upscale: (kept: string) =>
        `The video service keeps a video ${kept}, and this one is older: it cannot be upscaled any more. ${nothingCharged} ${anew}`,
    },
    keptLessThanADay: 'for less than a day',
    keptDays: (days: number) => (days === 1 ? 'for a day' : `for ${days} days`),
    noSuchPictures: {
      'first frame': (model: string) =>
        `A first frame does not go with ${model}. ${nothingCharged} Leave it out, or choose another model.`,
      'last frame': (model: string) =>
        `A last frame does not go with ${model}. ${nothingCharged} Leave it out, or choose another model.`,
      reference: (model: string) =>
        `A reference picture does not go with ${model}. ${nothingCharged} Leave it out, or choose another model.`,
    },
    lastFrameAlone: `A last frame goes only together with a first frame. ${nothingCharged} Add one.`,
    framesAndReferences: (model: string) =>
      `On ${model} reference pictures go only without a first and last frame. ${nothingCharged} Send one or the other.`,
    tooManyPictures: {
      any: (model: string, most: number) =>
        `${model} takes at most ${most} ${most === 1 ? 'picture' : 'pictures'}. ${nothingCharged} Leave some out.`,
      'first frame': (model: string, most: number) =>
        `${model} takes at most ${most} first frame${most === 1 ? '' : 's'}. ${nothingCharged} Leave some out.`,
      'last frame': (model: string, most: number) =>
        `${model} takes at most ${most} last frame${most === 1 ? '' : 's'}. ${nothingCharged} Leave some out.`,
      reference: (model: string, most: number) =>
        `${model} takes at most ${most} reference ${most === 1 ? 'picture' : 'pictures'}. ${nothingCharged} Leave some out.`,
    },
    secondsForPictures: {
      'first frame': (seconds: string, model: string, asked: number) =>
        `A first frame needs ${seconds} s on ${model}, not ${asked} s. ${nothingCharged}`,
      'last frame': (seconds: string, model: string, asked: number) =>
        `A last frame needs ${seconds} s on ${model}, not ${asked} s. ${nothingCharged}`,
      reference: (seconds: string, model: string, asked: number) =>
        `A reference picture needs ${seconds} s on ${model}, not ${asked} s. ${nothingCharged}`,
    },
    pictureTooLarge: (size: string, most: string) =>
      `This picture is ${size}, at most ${most} go. ${nothingCharged} Send a smaller one.`,
    confirm: (price: string) =>
      `This costs ${price}. Nothing charged yet: press once more to make it.`,
    /** Of one who asks by direct message, or where the bot is not in the server. */
    stranger: {
      limit: (said: string) =>
        `${said} This limit holds in direct messages and in servers that this bot is not in; in a server that it is in you may have more.`,
      none: `🚫 This bot makes no videos in direct messages and in servers that it is not in. ${nothingCharged} Ask for it in a server that it is in.`,
    },
    /** Too many that have not ended yet. */
    atOnce: {
      member: (open: number, most: number) =>
        `You have ${videos(open)} waiting or being made, at most ${most} go at once. ${nothingCharged} Ask again when one is done.`,
      channel: (open: number, most: number) =>
        `In this channel ${videos(open)} are waiting or being made, at most ${most} go at once. ${nothingCharged} Ask again when one is done.`,
      server: (open: number, most: number) =>
        `In this server ${videos(open)} are waiting or being made, at most ${most} go at once. ${nothingCharged} Ask again when one is done.`,
      bot: (_open: number, _most: number) =>
        `The bot has all the videos in hand that it takes at once. ${nothingCharged} Ask again in a few minutes.`,
    },
    videosUsedUp: {
      day: (had: number, most: number, back: string) =>
        `You have had ${videos(had)} today (limit ${most}). ${nothingCharged} Back ${back}.`,
      month: (had: number, most: number, back: string) =>
        `You have had ${videos(had)} this month (limit ${most}). ${nothingCharged} Back ${back}.`,
    },
    aboveLimit: {
      day: (price: string, most: string) =>
        `This costs ${price}, more than your limit of ${most} a day. ${nothingCharged} A shorter video or a cheaper model may fit.`,
      month: (price: string, most: string) =>
        `This costs ${price}, more than your limit of ${most} a month. ${nothingCharged} A shorter video or a cheaper model may fit.`,
    },
    notEnoughLeft: {
      day: (left: string, most: string, price: string, back: string) =>
        `You have ${left} left today (limit ${most}), this costs ${price}. ${nothingCharged} Back ${back}.`,
      month: (left: string, most: string, price: string, back: string) =>
        `You have ${left} left this month (limit ${most}), this costs ${price}. ${nothingCharged} Back ${back}.`,
    },
    /** By whose limit, of what, in which period. */
    usedUp: (what: string, back: string) =>
      `🧾 ${what} is used up. ${nothingCharged} Back ${back}.`,
    usedUpWhat: {
      channel: {
        money: {
          day: "This channel's video budget today",
          month: "This channel's video budget this month",
        },
        videos: {
          day: "This channel's number of videos today",
          month: "This channel's number of videos this month",
        },
      },
      server: {
        money: {
          day: "This server's video budget today",
          month: "This server's video budget this month",
        },
        videos: {
          day: "This server's number of videos today",
          month: "This server's number of videos this month",
        },
      },
      bot: {
        money: {
          day: "The bot's video budget today",
          month: "The bot's video budget this month",
        },
        videos: {
          day: "The bot's number of videos today",
          month: "The bot's number of videos this month",
        },
      },
    },
    closed: {
      paused: `⏸️ New videos are paused by an admin. ${nothingCharged} Try again later.`,
      storage: `🗄️ New videos are paused: the bot has no room to keep them. Its admins can see it. ${nothingCharged} Try again later.`,
      'service budget': `🧾 The bot's video budget is used up. Its admins can see it. ${nothingCharged} Try again later.`,
      'set up wrongly': `🛠️ The bot is set up wrongly for this; its admins can see it. ${nothingCharged} Try again later.`,
      'service away': `🔌 The video service cannot be reached at the moment. ${nothingCharged} Try again in some minutes.`,
      'rate limit': `⏳ The video service takes no more at the moment. ${nothingCharged} Try again in some minutes.`,
    },
  },

  /** Said to the one who pressed or typed, and to nobody else. */
  answer: {
    stopping: (price: string) =>
      `✋ The service is being asked to stop. It may still charge for it (${price}); what became of it will stand in the message.`,
    cannotBeStopped:
      'This video cannot be stopped any more: the service that makes it takes no cancelling. It goes on; what it costs stands in the message.',
    tooLateOnItsWay:
      'Too late to cancel: the video is made and on its way into the message, which says what it costs.',
    tooLateMade:
      'Too late to cancel: the video is made already. What it costs stands in the message.',
    nothingToCancel:
      'There is nothing to cancel any more: it has ended. Whether it was charged stands in the message.',
    notYoursToCancel: `Only the member who asked for this video, or an admin of the bot, can cancel it. ${nothingCharged} Use /veo for one of your own.`,
    forItsMemberAlone: `This video is for whoever asked for it alone, and others can see this message. ${nothingCharged} Use /videos: it shows the video to you privately.`,
    notYoursToShow: `Only the member who asked for this video can bring it here. ${nothingCharged} Use /veo for one of your own.`,
    notYoursToStart: `Only the member who wrote this prompt can start it. ${nothingCharged} Use /veo for one of your own.`,
    notYoursToDelete: `Only the member who asked for this video, or an admin of the bot, can delete it. ${nothingCharged} If something is wrong with it, report it: under Apps in the menu of its message.`,
    stillBeingMade:
      'This video is still being made. It comes into the message by itself; if it does not, press this button again once it is ready.',
    stillInTheMaking: '🎬 This video is still being made. It is posted by itself once it is ready.',
    deliveredAlready:
      'This video was delivered already: look for it in this channel or in your direct messages, or use /videos to see it again.',
    nothingToShowCancelled: `There is no video to show: it was cancelled. Whether it was charged stands in the message. ${stays}`,
    nothingToShow: `There is no video to show. Whether it was charged stands in the message. ${stays}`,
    onItsWay: '📥 This video is on its way to you already. Nothing is charged for it again.',
    noLongerKept: `This video is not kept here any more, so it cannot be shown again. ${nothingCharged} ${stays}`,
    link: (link: string, until: string) =>
      `🔗 ${link}\nIt works until ${until}, for everybody who has it. Nothing is charged for it.`,
    noLinks:
      'This bot gives out no links any more; use /videos to see the video where it fits. Nothing charged.',
    notYoursToLink: `This video is for one person alone: only they, or an admin of the bot, get a link to it. ${nothingCharged} Use /veo for one of your own.`,
    notYoursToShrink: `Only the member who asked for this video, or an admin of the bot, can have it made smaller. ${nothingCharged} Use /veo for one of your own.`,
    noSmaller:
      'No smaller version can be made of this video. Nothing charged. Use /videos to see what is kept of it.',
    noPictureThere: (firstFrame: string) =>
      `There is no picture in this message that can be used: only what was sent through Discord itself is. ${nothingCharged} Use /veo and attach one as ${firstFrame}.`,
    noSuchVideo: `This video is not known here any more. ${nothingCharged} ${stays}`,
    startedBefore:
      'This offer was taken already; its video has a message of its own. Nothing is charged twice. Use /veo for another one.',
    noSuchDraft: `This offer has run out. ${nothingCharged} Write your prompt again, or use /veo.`,
    oldForm: `This form is from another version of the bot, so it was not taken. ${nothingCharged} Use /veo to make a video.`,
    oldButton: `This button is from another version of the bot and does nothing any more. ${nothingCharged} Use /veo to make a video.`,
    unknownCommand: `This command is not known here any more. ${nothingCharged} Reload Discord (Ctrl+R, or close and open the app) and use /veo.`,
    outdatedOptions: `The options of this command have changed. ${nothingCharged} Reload Discord (Ctrl+R, or close and open the app) and try again.`,
    notUnderstood: `The bot does not know what to do with this. ${nothingCharged} Use /veo to make a video.`,
    keptForLater:
      '💾 Your wish is written down, but the bot is out of storage. Nothing charged yet; it starts by itself when there is room, so there is no need to ask again.',
    brokeWhileAsking:
      '🛠️ Something went wrong in the bot. If a message with your video does not appear within a minute, nothing was charged and you can try again.',
    brokeWhilePressing:
      '🛠️ Something went wrong in the bot while it took this press. What stands in the message holds; try again in a minute.',
    brokeWhileReading: `🛠️ Something went wrong in the bot. ${nothingCharged} Write it again in a minute.`,
  },

  /** A price before it is paid, and texts in a direct message. */
  offer: {
    inThePicturesForm: "in the picture's form",
    makes: (price: string) =>
      `This makes a video for ${price}; nothing is charged before you press the button.`,
    changes: (price: string) =>
      `This changes that very video for ${price}; nothing is charged before you press the button.`,
    left: {
      day: (left: string) => `You have ${left} left today.`,
      month: (left: string) => `You have ${left} left this month.`,
    },
    notThatVideo: 'That video itself cannot be changed; this is for a new one in its place.',
    picturesMakeNew:
      'With a picture, this is for a new video. To change that very video, reply to it with words alone.',
    chosenForNew:
      'The model, length, shape and sharpness you chose are for a new video; what is made of that very one keeps its own.',
    pricesChanged: 'The prices have changed since the form was opened, so nothing was started.',
    nothingWritten:
      'Write what the video should show, e.g. "a fox in the snow". You then see the price, and nothing is charged before you press the button.',
    onlyFiles:
      'Only words and pictures can be made into a video here. Write what it should show; nothing is charged before you press a button.',
    /** The prompt where somebody sends pictures and no words. It goes to the service as it is. */
    promptForPicture: 'Bring this picture to life with natural movement and fitting sound.',
    promptForPictures:
      'Show what is in these pictures together in one lively scene, with fitting sound.',
  },

  deleting: {
    byMember: (charge: string) =>
      `🗑️ A video was here. It was deleted by the member who asked for it · ${charge}`,
    byAdmin: (charge: string) =>
      `🗑️ A video was here. It was deleted by an admin of the bot · ${charge}`,
    takenDown: (charge: string) => `🗑️ A video was here. It was taken down by an admin · ${charge}`,
    really: (charge: string) =>
      `Delete this video from its message? Nothing changes about its cost: ${charge}. It stays in the list of whoever asked for it (\`/videos\`), where only they see it.`,
    done: (charge: string) =>
      `🗑️ The video is deleted from its message. Nothing changes about its cost: ${charge}.`,
    archived: (deleteLabel: string) =>
      `The video was not deleted: this thread is archived, and Discord changes nothing in one. Write something in it to open it again, then press ${deleteLabel} once more.`,
    notDone: (deleteLabel: string) =>
      `The video could not be deleted from here: the bot cannot reach its message any more. Press ${deleteLabel} under it once more, or delete the message with Discord’s own menu.`,
  },

  /** A video that is reported to admins; titles and labels as in a form. */
  report: {
    title: 'Report this video',
    reason: 'What is wrong with it?',
    reasonHint: 'You may leave this empty. The admins read it, with your name.',
    toServer: `🚩 Reported: the admins of this server have been told, with your name. ${nothingCharged} There is nothing more to do.`,
    toBot: `🚩 Reported: the admins of this bot have been told, with your name. ${nothingCharged} There is nothing more to do.`,
    counted: (count: number) =>
      `🚩 Reported: you are one of ${count} members, and the admins know of it. ${nothingCharged} There is nothing more to do.`,
    before: `You have reported this video before: the admins know of it. ${nothingCharged} There is nothing more to do.`,
    tooMany: `There were many reports within an hour, so this one was not taken. ${nothingCharged} Try again later.`,
    notNow: `Discord does not answer, so it is not sure whether your report arrived, and it does not count yet. ${nothingCharged} Try again in a minute: the admins read it only once.`,
    nobody: `This bot has no admin whom it could tell, so the report does not count. ${nothingCharged} Tell those who manage this place.`,
    noVideoThere: `There is no video of this bot in this message, so nothing was reported. ${nothingCharged} Choose the message with the video.`,
  },

  /** "Delete my data" */
  forget: {
    asked:
      '**Delete your data here?** This cannot be undone.\n' +
      '**Goes** the videos that are kept for you, also those that wait for you; the pictures you sent; your prompts and what the video service said about them.\n' +
      '**Stays** when you asked, what it cost and your user id, for the accounts. What was posted stays in its channel: delete it there. Backups of the bot lose your data as they are replaced.\n' +
      'What is still being made goes on, and is forgotten within an hour of its end; what takes too long, about two days after it was started.',
    nothing: '🗑️ Done. Of what has ended, no video, prompt or picture of yours is kept here.',
    done: (keptVideos: number, jobs: number) =>
      `🗑️ Deleted: ${keptVideos === 1 ? '1 kept video' : `${keptVideos} kept videos`}, and the words and pictures of ${requests(jobs)}.`,
    running: (count: number) =>
      count === 1
        ? '1 request has not ended yet: it goes on and will be forgotten within an hour of its end; if it takes too long, about two days after it was started.'
        : `${count} requests have not ended yet: they go on and will be forgotten within an hour of their end; what takes too long, about two days after it was started.`,
    privacy: (url: string) => `Privacy: ${url}`,
  },

  /** `/videos` */
  list: {
    waiting: (count: number) => `**Waiting for you: ${count}**`,
    empty: 'You have no videos yet. Use /veo to make one, or write to the bot in a direct message.',
    noOlder: 'There are no older videos.',
    left: (parts: string) => `Left ${parts}`,
    leftIn: {
      day: (left: string) => `today: ${left}`,
      month: (left: string) => `this month: ${left}`,
    },
    ofMoney: (left: string, most: string) => `${left} of ${most}`,
    ofVideos: (left: number, most: number) => `${left} of ${most} videos`,
    waitingToStart: (price: string) => `waiting to start, nothing charged yet (${price})`,
    beingMade: (price: string) => `being made (${price})`,
    stopping: (price: string) => `stopping, may still be charged (${price})`,
    onItsWay: 'on its way',
    noLongerKept: 'no longer kept',
    answerLost: 'answer lost',
    undelivered: {
      'too large': 'too large where it was asked for',
      unreachable: 'could not be posted',
      'removed by requester': 'its message was deleted',
    },
    cancelled: {
      'by requester': 'cancelled',
      'by admin': 'cancelled',
      'never acknowledged': 'cancelled',
      'waited too long': 'not started in time',
      'picture gone': 'picture not found',
      'picture too large': 'picture too large',
      'no picture': 'picture not readable',
      'picture kind': 'picture not taken',
    },
    failed: {
      declined: 'declined',
      'not accepted': 'not accepted',
      'model gone': 'model retired',
      'clip gone': 'video it was to be made of no longer kept',
      'set up wrongly': 'bot set up wrongly',
      'service budget': 'budget used up',
      'failed at the service': 'could not be made',
      'gone at the service': 'lost at the service',
      'not understood': 'no video in the answer',
      overdue: 'not finished in time',
      'file lost': 'its file was lost',
      'unreadable file': 'no video that can be read',
    },
  },

  /** `/veo-help`; all of it has to fit into one message. */
  help: {
    first:
      '`/veo` makes a video from your words and posts it here once it is ready. The price stands in the message before anything is paid.',
    noPrices: '**Prices** No video model can be used at the moment.',
    prices: '**Prices**',
    price: (model: string, price: string, seconds: number, resolution: string) =>
      `${model} · ≈ ${price} for ${seconds} s in ${resolution}`,
    more: (count: number) => `and ${count} more in \`/veo\``,
    pictures: (animate: string) =>
      `**Pictures** \`/veo\` takes a first and a last frame and pictures of what is to be seen. ${animate}, under Apps in the menu of a message, makes a video of the picture in it.`,
    report: (report: string) => `**Reporting** ${report}, also under Apps, tells the admins.`,
    form: (draft: string, privately: string) =>
      `**Without a prompt** \`/veo\` opens a form. \`${draft}\` first makes a cheap try; \`${privately}\` shows the video to you alone.`,
    buttons:
      '**Under a video** Run it again, change, extend or upscale it, each for the price it says, on the allowance of whoever presses. Delete is for its member and the admins of the bot.',
    dm: '**In a direct message** Write to the bot what the video should show, or send a picture. It answers with the price; nothing is charged before you press the button. A reply to a video changes that video.',
    list: '**Your videos and limits** `/videos` lists what you asked for, brings a video back, and says what is left for you today and this month.',
    charges:
      '**Charges** Every message says one of three things: not charged, charged, or may have been charged. The last means that the answer of the video service was lost after it was asked: it may have made the video and charged for it. It is never asked again by itself.',
    privacy:
      '**Privacy** The bot keeps your user id, your prompts, pictures and videos for some time, and sends prompts and pictures to the video service. A button in `/videos` deletes them.',
  },

  /** Titles and labels have at most 45 characters, everything else at most 100. */
  form: {
    newTitle: 'New video',
    changeTitle: 'Change this video',
    prompt: 'Prompt',
    promptOfNew: 'What should be seen and heard?',
    promptOfClip: 'What should be different, what happens next, or the new video in full',
    picture: 'Picture',
    pictures: 'Pictures',
    picturesUse: 'The video begins with one; of several, each is seen in it',
    picturesThere: (count: number) =>
      `${count === 1 ? '1 picture is' : `${count} pictures are`} there already; new ones take their place`,
    lastFrameThere: 'The last frame is there already; the picture you send becomes the first',
    how: 'What to make',
    edit: (price: string) => `Change this very video · ${price}`,
    extend: (seconds: number, price: string) => `Extend it by ${seconds} s · ${price}`,
    anew: 'Make a new video, as below',
    model: 'Model',
    modelOfNew: 'Model, of a new video',
    length: 'Length and shape',
    lengthOfNew: 'Length and shape, of a new video',
    quality: 'Sharpness',
    qualityOfNew: 'Sharpness, of a new video',
    draft: 'Draft first, a cheap try',
    perSecond: (price: string) => `${price} a second`,
    perSecondEach: (prices: string) => `a second: ${prices}`,
    secondsAndShape: (seconds: number, shape: string) => `${seconds} s, ${shape}`,
  },

  shape: { wide: 'wide', tall: 'tall', square: 'square' },

  /**
   * Names have at most 32 characters, all small, without spaces; descriptions at most 100. In
   * English they are what goes over the wire: a new name is a new option.
   */
  command: {
    veo: 'Make a video from your words. The price is shown before anything is paid.',
    videos: 'Your videos: show one again, and see what is left for you.',
    help: 'What this bot does, what a video costs, and what is kept.',
    /** What stands in the menu of a message; spaces are fine. */
    animate: 'Animate this image',
    report: 'Report video…',
    prompt: {
      name: 'prompt',
      description: 'What should be seen and heard? Without it a form opens.',
    },
    model: { name: 'model', description: 'Which model makes it' },
    duration: { name: 'duration', description: 'How long the video is' },
    aspect: { name: 'aspect', description: 'Wide, tall or square' },
    resolution: { name: 'resolution', description: 'How sharp the video is' },
    draft: {
      name: 'draft',
      description: 'First a cheap try that is not sharp; in full by a button',
    },
    private: { name: 'private', description: 'Only you see it' },
    firstFrame: { name: 'first_frame', description: 'A picture that the video begins with' },
    lastFrame: {
      name: 'last_frame',
      description: 'A picture that the video ends with; needs a first one',
    },
    reference: {
      name: (number: number) => `reference_${number}`,
      description: 'A picture of somebody or something to be seen in it',
    },
    /** Behind the name of a model. */
    about: (price: string, seconds: number) => `≈ ${price} for ${seconds} s`,
  },
};
