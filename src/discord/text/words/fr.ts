/** Everything a member reads, in French. See en.ts for what is put into each sentence. */
import type { Words } from '../words.ts';
import { joined } from './joined.ts';

const nothingCharged = 'Rien facturé.';
const setUpWrongly = '🛠️ Le bot est mal configuré pour cela ; ses admins sont prévenus';
const retired = 'il a été retiré ici ou ne sait pas le faire';
const anew = 'Fais-en plutôt une nouvelle.';
const stays = 'Utilise /veo pour en faire une nouvelle.';
const videos = (count: number) => (count < 2 ? `${count} vidéo` : `${count} vidéos`);
const pictures = (count: number) => (count < 2 ? `${count} image` : `${count} images`);
const requests = (count: number) => (count < 2 ? `${count} demande` : `${count} demandes`);

export const fr: Words = {
  grammar: {
    count: (count) => count.toLocaleString('fr-FR'),
    either: (items) => joined(items, ', ', ' ou '),
    sentences: (sentences) => sentences.join(' '),
  },

  charge: {
    not: 'non facturé',
    charged: (price) => `${price} facturés`,
    maybe: (price) => `${price} peut-être facturés`,
    saidNot: 'Non facturé.',
    saidCharged: (price) => `${price} facturés.`,
    saidMaybe: (price) => `Peut-être facturé (${price}).`,
  },

  button: {
    cancel: 'Annuler',
    show: 'Voir le résultat',
    again: (price) => `Refaire ${price}`,
    againBy: (model, price) => `Faire avec ${model} ${price}`,
    change: 'Modifier',
    full: (price) => `Version complète ${price}`,
    fullAnew: (price) => `Nouvelle version complète ${price}`,
    extend: (price) => `Prolonger ${price}`,
    upscale: (price) => `Agrandir ${price}`,
    delete: 'Supprimer',
    smaller: 'Version réduite',
    link: 'Lien',
    deleteNow: 'La supprimer',
    make: (price) => `Créer ${price}`,
    options: 'Réglages',
    makeSeconds: (seconds, price) => `Créer en ${seconds} s ${price}`,
    showNumber: (number) => `Voir ${number}`,
    newer: 'Plus récentes',
    older: 'Plus anciennes',
    forget: 'Supprimer mes données',
    forgetNow: 'Tout supprimer',
  },

  facts: {
    promptDeleted: 'prompt supprimé',
    madeIn: (duration) => `faite en ${duration}`,
    fromPictures: (count) => `à partir de ${pictures(count)}`,
    draft: 'Brouillon',
    basis: { edit: 'Vidéo modifiée', extend: 'Vidéo prolongée', upscale: 'Vidéo agrandie' },
    altText: 'Vidéo',
    altTextOf: (prompt) => `Vidéo : ${prompt}`,
  },

  job: {
    waiting: '⏳ En attente de départ · rien facturé pour l’instant',
    waitingBehind: (ahead) => `⏳ En attente, ${ahead} avant toi · rien facturé pour l’instant`,
    gathering: (count) =>
      `🖼️ Récupération de ${count === 1 ? 'ton image' : 'tes images'} · rien facturé pour l’instant`,
    held: (what, when, until) =>
      `${what} ${nothingCharged} Elle démarrera d’elle-même ${when} (jusqu’à ${until}).`,
    heldBy: {
      'service away': {
        what: '🔌 Le service vidéo est injoignable.',
        when: 'dès son retour',
      },
      'rate limit': {
        what: '⏳ Le service vidéo est surchargé.',
        when: 'dès qu’il y aura de la place',
      },
      'service budget': {
        what: '🧾 Le budget vidéo du bot est épuisé pour l’instant.',
        when: 'dès qu’il y aura du budget',
      },
      'set up wrongly': { what: `${setUpWrongly}.`, when: 'dès que ce sera réparé' },
      storage: {
        what: '💾 En pause : le bot n’a plus d’espace de stockage.',
        when: 'dès qu’il y aura de la place',
      },
      paused: { what: '⏸️ Mis en pause par un admin.', when: 'à la fin de la pause' },
    },
    starting: '🎬 Démarrage',
    stopping: (price) => `✋ Arrêt en cours. Le service peut encore la facturer (${price}).`,
    generating: (expected) => `🎬 En cours de création, attendue ${expected}`,
    generatingBusy:
      '🔌 En cours de création, mais le service vidéo est surchargé en ce moment. Le bot continue de demander.',
    generatingUnseen:
      '🔌 En cours de création, mais le service vidéo ne répond pas à son sujet en ce moment. Le bot continue de demander.',
    onItsWay: '📥 Prête, elle arrive',
    fetching: (why) =>
      `📥 Prête. Elle ne peut pas encore être récupérée : ${why}. Le bot réessaie de lui-même.`,
    fetchingWhy: {
      'service away': 'le service vidéo est injoignable',
      'rate limit': 'le service vidéo est surchargé',
      'service budget': 'le budget vidéo du bot est épuisé',
      'set up wrongly': 'le bot est mal configuré pour cela ; ses admins sont prévenus',
      storage: 'le bot n’a plus d’espace de stockage',
      paused: 'mis en pause par un admin',
      'file broken': 'ce que le service envoie n’est pas une vidéo complète',
    },
    sentToDm: '📬 Envoyée en message privé.',
    postedAt: (link) => `📬 Publiée dans un nouveau message : ${link}`,
    yourVideoIsReady: (member) => `📬 ${member}, ta vidéo est prête.`,
    keptUntil: (until) => `Elle est conservée pour toi jusqu’au ${until}`,
    notKept: 'Elle n’est plus conservée',
    tooLarge: (size, kept, id) =>
      `📦 Prête, mais elle fait ${size} et Discord n’accepte pas de fichier aussi gros ici. ${kept} (vidéo ${id}).`,
    shrinking: (size) =>
      `📦 Prête, mais elle fait ${size} et Discord n’accepte pas de fichier aussi gros ici. Elle est en train d’être réduite.`,
    madeOtherwise: (made, asked) =>
      `ℹ️ Le service vidéo a produit ${made} au lieu de ${asked} ; le prix est celui de ce qu’il a produit.`,
    madeSmaller: (sizes, until) =>
      `📦 Réduite pour tenir ici : ${sizes}. L’original est conservé jusqu’au ${until}.`,
    madeSmallerWithLink: (sizes, until, link) =>
      `📦 Réduite pour tenir ici : ${sizes}. L’original est conservé jusqu’au ${until} : appuie sur « ${link} ».`,
    canBeSmaller: (smaller) =>
      `« ${smaller} » fait une copie qui tient ici ; elle est moins belle.`,
    canBeElsewhere:
      '`/videos` l’apporte là où passent de plus gros fichiers, comme un serveur avec des boosts.',
    canBeLinked: (link) => `« ${link} » te permet de la regarder hors de Discord.`,
    unreachable: (kept, showResult) =>
      `📦 Prête, mais elle n’a pas pu être publiée. ${kept} : appuie sur « ${showResult} ».`,
    unreachableGone: (notKept) => `📦 Prête, mais elle n’a pas pu être publiée. ${notKept}.`,
    removed: (kept) =>
      `📦 Prête, mais son message a été supprimé, elle n’a donc pas été publiée. ${kept}.`,
    copyTooLarge: (kept) =>
      `📦 Discord n’accepte pas de fichier aussi gros ici. ${kept} : essaie \`/videos\` ailleurs, ou en message privé avec le bot.`,
    copyNotPosted: (kept) =>
      `📦 Impossible de la publier ici pour le moment. ${kept} : réessaie \`/videos\` dans une minute.`,
    unconfirmed: (charge) =>
      `⚠️ La réponse à cette demande s’est perdue. ${charge} Elle n’est pas renvoyée d’elle-même.`,
    itsSuccessor: (model, price) => `${model} lui succède, ${price} pour la même chose.`,
    ended: (happened) => `${happened}.`,
    endedSaying: (happened, said) => `${happened} : « ${said} »`,
    stillPosted: 'Si elle se termine plus tard, elle sera quand même publiée.',
    adminCanLook: (id) => `Un admin peut regarder : vidéo ${id}.`,
    failed: {
      declined: '🚫 Le modèle a refusé',
      'not accepted': '🚫 Le service vidéo n’a pas accepté cette demande',
      'model gone': '💤 Ce modèle a été retiré',
      'set up wrongly': setUpWrongly,
      'service budget': '🧾 Le budget vidéo du bot est épuisé',
      'clip gone': '⌛ La vidéo dont celle-ci devait être tirée n’est plus conservée',
      'failed at the service': '⚠️ Le service vidéo n’a pas pu la créer',
      'gone at the service': '⚠️ Le service vidéo ne connaît plus cette vidéo',
      'not understood':
        '⚠️ Le service dit qu’elle est prête, mais sa réponse ne contient aucune vidéo',
      overdue: '⌛ Le service vidéo n’a pas terminé à temps',
      'file lost': '⚠️ Elle a été créée, mais son fichier s’est perdu avant sa publication',
      'unreadable file':
        '⚠️ Elle a été créée, mais le fichier envoyé par le service n’est pas une vidéo lisible par le bot',
    },
    advice: {
      declined: 'Formule autrement et réessaie.',
      'not accepted': 'Formule autrement, ou choisis d’autres réglages.',
      'model gone': 'Choisis-en un autre avec `/veo`.',
      'set up wrongly': 'Réessaie plus tard.',
      'service budget': 'Réessaie plus tard.',
      'clip gone': anew,
      'failed at the service': 'Réessaie.',
      'gone at the service': null,
      'not understood': null,
      overdue: null,
      'file lost': null,
      'unreadable file': null,
    },
    cancelledBefore: (charge) => `✋ Annulée avant le départ. ${charge}`,
    cancelled: (charge) => `✋ Annulée. ${charge}`,
    cancelledByAdmin: (charge) => `✋ Annulée par un admin. ${charge}`,
    notStarted: (charge) => `✋ Pas démarrée. ${charge}`,
    waitedTooLong: (charge) => `⌛ Elle n’a pas pu démarrer à temps. ${charge} Réessaie plus tard.`,
    pictureGone: (charge) =>
      `🖼️ L’image n’est plus disponible chez Discord. ${charge} Envoie-la de nouveau.`,
    pictureTooLarge: (charge) =>
      `🖼️ L’image est trop grande pour être utilisée. ${charge} Envoie-en une plus petite.`,
    noPicture: (charge) =>
      `🖼️ Le fichier n’est pas une image lisible. ${charge} Envoie un PNG, JPEG, WebP ou GIF.`,
    pictureKind: (model, charge) =>
      `🖼️ ${model} n’accepte pas ce type d’image. ${charge} Envoie un PNG, JPEG, WebP ou GIF.`,
  },

  refusal: {
    emptyPrompt: `Il n’y a rien à voir dans ce prompt : dis avec des mots ce que la vidéo doit montrer. ${nothingCharged}`,
    promptTooLong: (chars, most) =>
      `Ce prompt compte ${chars} caractères, ${most} au maximum. ${nothingCharged} Raccourcis-le et renvoie-le.`,
    noModels: `Aucun modèle vidéo n’est utilisable ici en ce moment ; un admin du bot doit s’en occuper. ${nothingCharged} Réessaie plus tard.`,
    blocked: {
      'member here': `🚫 Les admins de ce serveur ne te laissent pas faire de vidéos ici. ${nothingCharged} Demande-leur pourquoi ; ce que tu as fait reste dans /videos.`,
      member: `🚫 Les admins de ce bot ne te laissent pas faire de vidéos. ${nothingCharged} Demande-leur pourquoi ; ce que tu as fait reste dans /videos.`,
      server: `🚫 Les admins de ce bot ne font pas de vidéos sur ce serveur. ${nothingCharged} Demande-leur pourquoi, ou utilise le bot ailleurs.`,
    },
    refusedWords: `🚫 Les règles d’ici n’autorisent pas quelque chose dans ce prompt. ${nothingCharged} Dis-le autrement.`,
    notAgeRestricted: `🔞 Sur ce serveur, les vidéos se font seulement dans les salons avec limite d’âge. ${nothingCharged} Demande-la là-bas.`,
    modelOff: (model, models) =>
      `${model} n’est pas proposé ici. ${nothingCharged} Choisis ${models}.`,
    unknownModel: (asked, models) =>
      `Le modèle « ${asked} » n’existe plus ici. ${nothingCharged} Choisis ${models}.`,
    notMade: (asked, model, makes) =>
      `« ${asked} » ne va pas avec ${model} : il fait ${makes}. ${nothingCharged}`,
    needsSeconds: (resolution, seconds, model) =>
      `${resolution} demande ${seconds} s avec ${model}. ${nothingCharged}`,
    noDraft: (resolution, model) =>
      `Rien n’est moins cher que ${resolution} avec ${model}, un brouillon n’apporte donc rien. ${nothingCharged}`,
    dearer: (price, shown) =>
      `Cela coûte maintenant ${price}, et non ${shown}. Rien facturé pour l’instant : appuie encore une fois si tu la veux à ce prix.`,
    cannotChange: {
      edit: (model) =>
        `${model} ne peut pas modifier cette vidéo : ${retired}. ${nothingCharged} ${anew}`,
      extend: (model) =>
        `${model} ne peut pas prolonger cette vidéo : ${retired}. ${nothingCharged} ${anew}`,
      upscale: (model) =>
        `${model} ne peut pas agrandir cette vidéo : ${retired}. ${nothingCharged} ${anew}`,
    },
    clipTooLong: {
      edit: (seconds, model, most) =>
        `Cette vidéo dure ${seconds} s ; ${model} peut en modifier une de ${most} s au plus. ${nothingCharged} ${anew}`,
      extend: (seconds, model, most) =>
        `Cette vidéo dure ${seconds} s ; ${model} peut en prolonger une de ${most} s au plus. ${nothingCharged} ${anew}`,
      upscale: (seconds, model, most) =>
        `Cette vidéo dure ${seconds} s ; ${model} peut en agrandir une de ${most} s au plus. ${nothingCharged} ${anew}`,
    },
    clipForgotten: `Les données de cette vidéo ont été supprimées ici : on ne peut plus rien en tirer. ${nothingCharged} ${anew}`,
    clipTooOld: {
      edit: (kept) =>
        `Le service conserve une vidéo ${kept}, et celle-ci est plus ancienne : elle ne peut plus être modifiée. ${nothingCharged} ${anew}`,
      extend: (kept) =>
        `Le service conserve une vidéo ${kept}, et celle-ci est plus ancienne : elle ne peut plus être prolongée. ${nothingCharged} ${anew}`,
      upscale: (kept) =>
        `Le service conserve une vidéo ${kept}, et celle-ci est plus ancienne : elle ne peut plus être agrandie. ${nothingCharged} ${anew}`,
    },
    keptLessThanADay: 'moins d’un jour',
    keptDays: (days) => (days === 1 ? 'un jour' : `${days} jours`),
    noSuchPictures: {
      'first frame': (model) =>
        `Une première image ne va pas avec ${model}. ${nothingCharged} Enlève-la, ou choisis un autre modèle.`,
      'last frame': (model) =>
        `Une dernière image ne va pas avec ${model}. ${nothingCharged} Enlève-la, ou choisis un autre modèle.`,
      reference: (model) =>
        `Une image de référence ne va pas avec ${model}. ${nothingCharged} Enlève-la, ou choisis un autre modèle.`,
    },
    lastFrameAlone: `Une dernière image ne va qu’avec une première. ${nothingCharged} Ajoutes-en une.`,
    framesAndReferences: (model) =>
      `Avec ${model}, les images de référence vont sans première ni dernière image. ${nothingCharged} Envoie l’un ou l’autre.`,
    tooManyPictures: {
      any: (model, most) =>
        `${model} accepte au plus ${pictures(most)}. ${nothingCharged} Enlèves-en.`,
      'first frame': (model, most) =>
        `${model} accepte au plus ${most} ${most < 2 ? 'première image' : 'premières images'}. ${nothingCharged} Enlèves-en.`,
      'last frame': (model, most) =>
        `${model} accepte au plus ${most} ${most < 2 ? 'dernière image' : 'dernières images'}. ${nothingCharged} Enlèves-en.`,
      reference: (model, most) =>
        `${model} accepte au plus ${pictures(most)} de référence. ${nothingCharged} Enlèves-en.`,
    },
    secondsForPictures: {
      'first frame': (seconds, model, asked) =>
        `Une première image demande ${seconds} s avec ${model}, pas ${asked} s. ${nothingCharged}`,
      'last frame': (seconds, model, asked) =>
        `Une dernière image demande ${seconds} s avec ${model}, pas ${asked} s. ${nothingCharged}`,
      reference: (seconds, model, asked) =>
        `Une image de référence demande ${seconds} s avec ${model}, pas ${asked} s. ${nothingCharged}`,
    },
    pictureTooLarge: (size, most) =>
      `Cette image fait ${size}, ${most} au maximum. ${nothingCharged} Envoie-en une plus petite.`,
    confirm: (price) =>
      `Cela coûte ${price}. Rien facturé pour l’instant : appuie encore une fois pour la créer.`,
    stranger: {
      limit: (said) =>
        `${said} Cette limite vaut dans les messages privés et sur les serveurs sans ce bot ; sur un serveur où il est présent, tu as peut-être droit à plus.`,
      none: `🚫 Ce bot ne fait pas de vidéos dans les messages privés ni sur les serveurs où il n’est pas présent. ${nothingCharged} Demande-la sur un serveur où il est présent.`,
    },
    atOnce: {
      member: (open, most) =>
        `Tu as ${videos(open)} en attente ou en cours, ${most} au maximum à la fois. ${nothingCharged} Redemande quand une sera prête.`,
      channel: (open, most) =>
        `Ce salon a ${videos(open)} en attente ou en cours, ${most} au maximum à la fois. ${nothingCharged} Redemande quand une sera prête.`,
      server: (open, most) =>
        `Ce serveur a ${videos(open)} en attente ou en cours, ${most} au maximum à la fois. ${nothingCharged} Redemande quand une sera prête.`,
      bot: () =>
        `Le bot a déjà toutes les vidéos qu’il accepte à la fois. ${nothingCharged} Redemande dans quelques minutes.`,
    },
    videosUsedUp: {
      day: (had, most, back) =>
        `Tu as eu ${videos(had)} aujourd’hui (limite ${most}). ${nothingCharged} De retour ${back}.`,
      month: (had, most, back) =>
        `Tu as eu ${videos(had)} ce mois-ci (limite ${most}). ${nothingCharged} De retour ${back}.`,
    },
    aboveLimit: {
      day: (price, most) =>
        `Cela coûte ${price}, plus que ta limite de ${most} par jour. ${nothingCharged} Une vidéo plus courte ou un modèle moins cher peut convenir.`,
      month: (price, most) =>
        `Cela coûte ${price}, plus que ta limite de ${most} par mois. ${nothingCharged} Une vidéo plus courte ou un modèle moins cher peut convenir.`,
    },
    notEnoughLeft: {
      day: (left, most, price, back) =>
        `Il te reste ${left} aujourd’hui (limite ${most}), cela coûte ${price}. ${nothingCharged} De retour ${back}.`,
      month: (left, most, price, back) =>
        `Il te reste ${left} ce mois-ci (limite ${most}), cela coûte ${price}. ${nothingCharged} De retour ${back}.`,
    },
    usedUp: (what, back) => `🧾 ${what} : épuisé. ${nothingCharged} De retour ${back}.`,
    usedUpWhat: {
      channel: {
        money: {
          day: 'Le budget vidéo de ce salon pour aujourd’hui',
          month: 'Le budget vidéo de ce salon pour ce mois-ci',
        },
        videos: {
          day: 'Le nombre de vidéos de ce salon pour aujourd’hui',
          month: 'Le nombre de vidéos de ce salon pour ce mois-ci',
        },
      },
      server: {
        money: {
          day: 'Le budget vidéo de ce serveur pour aujourd’hui',
          month: 'Le budget vidéo de ce serveur pour ce mois-ci',
        },
        videos: {
          day: 'Le nombre de vidéos de ce serveur pour aujourd’hui',
          month: 'Le nombre de vidéos de ce serveur pour ce mois-ci',
        },
      },
      bot: {
        money: {
          day: 'Le budget vidéo du bot pour aujourd’hui',
          month: 'Le budget vidéo du bot pour ce mois-ci',
        },
        videos: {
          day: 'Le nombre de vidéos du bot pour aujourd’hui',
          month: 'Le nombre de vidéos du bot pour ce mois-ci',
        },
      },
    },
    closed: {
      paused: `⏸️ Les nouvelles vidéos sont mises en pause par un admin. ${nothingCharged} Réessaie plus tard.`,
      storage: `🗄️ Les nouvelles vidéos sont en pause : le bot n’a plus de place pour les garder. Ses admins le voient. ${nothingCharged} Réessaie plus tard.`,
      'service budget': `🧾 Le budget vidéo du bot est épuisé. Ses admins le voient. ${nothingCharged} Réessaie plus tard.`,
      'set up wrongly': `🛠️ Le bot est mal configuré pour cela ; ses admins le voient. ${nothingCharged} Réessaie plus tard.`,
      'service away': `🔌 Le service vidéo est injoignable en ce moment. ${nothingCharged} Réessaie dans quelques minutes.`,
      'rate limit': `⏳ Le service vidéo n’accepte plus rien en ce moment. ${nothingCharged} Réessaie dans quelques minutes.`,
    },
  },

  answer: {
    stopping: (price) =>
      `✋ On demande au service d’arrêter. Il peut encore la facturer (${price}) ; l’issue sera indiquée dans le message.`,
    cannotBeStopped:
      'Cette vidéo ne peut plus être arrêtée : le service qui la crée n’accepte pas d’annulation. Elle continue ; son coût est indiqué dans le message.',
    tooLateOnItsWay: `Trop tard pour annuler : la vidéo est prête et arrive dans le message. Son coût est indiqué dans le message.`,
    tooLateMade: `Trop tard pour annuler : la vidéo est déjà prête. Son coût est indiqué dans le message.`,
    nothingToCancel:
      'Il n’y a plus rien à annuler : c’est terminé. Le message indique si c’est facturé.',
    notYoursToCancel: `Seul le membre qui a demandé cette vidéo, ou un admin du bot, peut l’annuler. ${nothingCharged} Utilise /veo pour une à toi.`,
    forItsMemberAlone: `Cette vidéo n’est que pour le membre qui l’a demandée, et d’autres voient ce message. ${nothingCharged} Utilise /videos : elle s’y affiche en privé.`,
    notYoursToShow: `Seul le membre qui a demandé cette vidéo peut l’amener ici. ${nothingCharged} Utilise /veo pour une à toi.`,
    notYoursToStart: `Seul le membre qui a écrit ce prompt peut le lancer. ${nothingCharged} Utilise /veo pour une à toi.`,
    notYoursToDelete: `Seul le membre qui a demandé cette vidéo, ou un admin du bot, peut la supprimer. ${nothingCharged} Si quelque chose ne va pas, signale-la : sous Applications dans le menu de son message.`,
    stillBeingMade:
      'Cette vidéo est encore en cours de création. Elle arrivera d’elle-même dans le message ; sinon, appuie de nouveau sur ce bouton quand elle sera prête.',
    stillInTheMaking:
      '🎬 Cette vidéo est encore en cours de création. Elle sera publiée d’elle-même une fois prête.',
    deliveredAlready:
      'Cette vidéo a déjà été livrée : cherche-la dans ce salon ou dans tes messages privés, ou revois-la avec /videos.',
    nothingToShowCancelled: `Il n’y a pas de vidéo à montrer : elle a été annulée. Le message indique si c’est facturé. ${stays}`,
    nothingToShow: `Il n’y a pas de vidéo à montrer. Le message indique si c’est facturé. ${stays}`,
    onItsWay: '📥 Cette vidéo est déjà en route vers toi. Rien n’est facturé de nouveau.',
    noLongerKept: `Cette vidéo n’est plus conservée ici et ne peut plus être montrée. ${nothingCharged} ${stays}`,
    link: (link, until) =>
      `🔗 ${link}\nIl fonctionne jusqu’au ${until}, pour tous ceux qui l’ont. Rien n’est facturé pour cela.`,
    noLinks: `Ce bot ne donne plus de liens ; utilise /videos pour voir la vidéo là où elle tient. ${nothingCharged}`,
    notYoursToLink: `Cette vidéo est pour une seule personne : elle seule, ou un admin du bot, reçoit un lien. ${nothingCharged} Utilise /veo pour une à toi.`,
    notYoursToShrink: `Seul le membre qui a demandé cette vidéo, ou un admin du bot, peut la faire réduire. ${nothingCharged} Utilise /veo pour une à toi.`,
    noSmaller: `Aucune version réduite de cette vidéo n’est possible. ${nothingCharged} Utilise /videos pour voir ce qui en est conservé.`,
    noPictureThere: (firstFrame) =>
      `Il n’y a pas d’image utilisable dans ce message : seulement ce qui a été envoyé par Discord lui-même. ${nothingCharged} Utilise /veo et joins-en une comme ${firstFrame}.`,
    noSuchVideo: `Cette vidéo n’est plus connue ici. ${nothingCharged} ${stays}`,
    startedBefore:
      'Cette offre a déjà été acceptée ; sa vidéo a son propre message. Rien n’est facturé deux fois. Utilise /veo pour une autre.',
    noSuchDraft: `Cette offre a expiré. ${nothingCharged} Réécris ton prompt, ou utilise /veo.`,
    oldForm: `Ce formulaire vient d’une autre version du bot et n’a pas été pris en compte. ${nothingCharged} Utilise /veo pour faire une vidéo.`,
    oldButton: `Ce bouton vient d’une autre version du bot et ne fait plus rien. ${nothingCharged} Utilise /veo pour faire une vidéo.`,
    unknownCommand: `Cette commande n’existe plus ici. ${nothingCharged} Recharge Discord (Ctrl+R, ou ferme et rouvre l’appli) et utilise /veo.`,
    outdatedOptions: `Les options de cette commande ont changé. ${nothingCharged} Recharge Discord (Ctrl+R, ou ferme et rouvre l’appli) et réessaie.`,
    notUnderstood: `Le bot ne sait que faire de cela. ${nothingCharged} Utilise /veo pour faire une vidéo.`,
    keptForLater:
      '💾 Ta demande est notée, mais le bot n’a plus d’espace de stockage. Rien facturé pour l’instant ; elle démarrera d’elle-même dès qu’il y aura de la place, inutile de la refaire.',
    brokeWhileAsking:
      '🛠️ Quelque chose a mal tourné dans le bot. Si aucun message avec ta vidéo n’apparaît d’ici une minute, rien n’a été facturé et tu peux réessayer.',
    brokeWhilePressing:
      '🛠️ Quelque chose a mal tourné dans le bot pendant cet appui. Ce qui est écrit dans le message fait foi ; réessaie dans une minute.',
    brokeWhileReading: `🛠️ Quelque chose a mal tourné dans le bot. ${nothingCharged} Réécris-le dans une minute.`,
  },

  offer: {
    inThePicturesForm: 'au format de l’image',
    makes: (price) =>
      `Cela fait une vidéo pour ${price} ; rien n’est facturé avant que tu appuies sur le bouton.`,
    changes: (price) =>
      `Cela modifie cette vidéo même pour ${price} ; rien n’est facturé avant que tu appuies sur le bouton.`,
    left: {
      day: (left) => `Il te reste ${left} aujourd’hui.`,
      month: (left) => `Il te reste ${left} ce mois-ci.`,
    },
    notThatVideo:
      'Cette vidéo elle-même ne peut pas être modifiée ; ceci en fait une nouvelle à sa place.',
    picturesMakeNew:
      'Avec une image, ceci fait une nouvelle vidéo. Pour modifier cette vidéo-là, réponds-y avec des mots seulement.',
    chosenForNew:
      'Le modèle, la durée, le format et la netteté choisis sont pour une nouvelle vidéo ; ce qui est fait de celle-là garde les siens.',
    pricesChanged:
      'Les prix ont changé depuis l’ouverture du formulaire ; rien n’a donc été lancé.',
    nothingWritten:
      'Écris ce que la vidéo doit montrer, p. ex. « un renard dans la neige ». Tu verras alors le prix, et rien n’est facturé avant que tu appuies sur le bouton.',
    onlyFiles:
      'Seuls des mots et des images peuvent devenir une vidéo ici. Écris ce qu’elle doit montrer ; rien n’est facturé avant que tu appuies sur un bouton.',
    promptForPicture: 'Donne vie à cette image avec des mouvements naturels et un son approprié.',
    promptForPictures:
      'Montre ce qui figure sur ces images ensemble dans une scène vivante, avec un son approprié.',
  },

  deleting: {
    byMember: (charge) =>
      `🗑️ Il y avait une vidéo ici. Elle a été supprimée par le membre qui l’avait demandée · ${charge}`,
    byAdmin: (charge) =>
      `🗑️ Il y avait une vidéo ici. Elle a été supprimée par un admin du bot · ${charge}`,
    takenDown: (charge) =>
      `🗑️ Il y avait une vidéo ici. Elle a été retirée par un admin · ${charge}`,
    really: (charge) =>
      `Supprimer cette vidéo de son message ? Rien ne change à son coût : ${charge}. Elle reste dans la liste de qui l’a demandée (\`/videos\`), visible là seulement pour cette personne.`,
    done: (charge) =>
      `🗑️ La vidéo est supprimée de son message. Rien ne change à son coût : ${charge}.`,
    archived: (deleteLabel) =>
      `La vidéo n’a pas été supprimée : ce fil est archivé, et Discord n’y change rien. Écris-y quelque chose pour le rouvrir, puis appuie encore une fois sur « ${deleteLabel} ».`,
    notDone: (deleteLabel) =>
      `La vidéo n’a pas pu être supprimée d’ici : le bot n’atteint plus son message. Appuie encore une fois sur « ${deleteLabel} » dessous, ou supprime le message avec le menu de Discord.`,
  },

  report: {
    title: 'Signaler cette vidéo',
    reason: 'Quel est le problème ?',
    reasonHint: 'Peut rester vide. Les admins le lisent, avec ton nom.',
    toServer: `🚩 Signalée : les admins de ce serveur sont prévenus, avec ton nom. ${nothingCharged} Il n’y a rien d’autre à faire.`,
    toBot: `🚩 Signalée : les admins de ce bot sont prévenus, avec ton nom. ${nothingCharged} Il n’y a rien d’autre à faire.`,
    counted: (count) =>
      `🚩 Signalée : ${count} membres l’ont fait, toi compris, et les admins sont au courant. ${nothingCharged} Il n’y a rien d’autre à faire.`,
    before: `Tu as déjà signalé cette vidéo : les admins sont au courant. ${nothingCharged} Il n’y a rien d’autre à faire.`,
    tooMany: `Il y a eu beaucoup de signalements en une heure, celui-ci n’a pas été pris. ${nothingCharged} Réessaie plus tard.`,
    notNow: `Discord ne répond pas : il n’est pas sûr que ton signalement soit arrivé, et il ne compte pas encore. ${nothingCharged} Réessaie dans une minute : les admins ne le liront qu’une fois.`,
    nobody: `Ce bot n’a aucun admin à prévenir, le signalement ne compte donc pas. ${nothingCharged} Dis-le à ceux qui gèrent cet endroit.`,
    noVideoThere: `Il n’y a pas de vidéo de ce bot dans ce message, rien n’a donc été signalé. ${nothingCharged} Choisis le message avec la vidéo.`,
  },

  forget: {
    asked:
      '**Supprimer tes données ici ?** C’est irréversible.\n' +
      '**Disparaissent** les vidéos conservées pour toi, aussi celles qui t’attendent ; les images que tu as envoyées ; tes prompts et ce que le service vidéo en a dit.\n' +
      '**Restent** le moment de tes demandes, leur coût et ton identifiant, pour les comptes. Ce qui a été publié reste dans son salon : supprime-le là-bas. Les sauvegardes du bot perdent tes données à mesure qu’elles sont remplacées.\n' +
      'Ce qui est encore en cours continue, et sera oublié dans l’heure qui suit sa fin ; ce qui dure trop longtemps, environ deux jours après son début.',
    nothing:
      '🗑️ C’est fait. De ce qui est terminé, aucune vidéo, aucun prompt ni aucune image de toi n’est conservé ici.',
    done: (keptVideos, jobs) =>
      `🗑️ Supprimé : ${keptVideos < 2 ? `${keptVideos} vidéo conservée` : `${keptVideos} vidéos conservées`}, et les mots et images de ${requests(jobs)}.`,
    running: (count) =>
      count === 1
        ? '1 demande n’est pas encore terminée : elle continue et sera oubliée dans l’heure qui suit sa fin ; si elle dure trop longtemps, environ deux jours après son début.'
        : `${count} demandes ne sont pas encore terminées : elles continuent et seront oubliées dans l’heure qui suit leur fin ; ce qui dure trop longtemps, environ deux jours après son début.`,
    privacy: (url) => `Confidentialité : ${url}`,
  },

  list: {
    waiting: (count) => `**En attente pour toi : ${count}**`,
    empty:
      'Tu n’as pas encore de vidéos. Utilise /veo pour en faire une, ou écris au bot en message privé.',
    noOlder: 'Il n’y a pas de vidéos plus anciennes.',
    left: (parts) => `Reste ${parts}`,
    leftIn: { day: (left) => `aujourd’hui : ${left}`, month: (left) => `ce mois-ci : ${left}` },
    ofMoney: (left, most) => `${left} sur ${most}`,
    ofVideos: (left, most) => `${left} sur ${most} vidéos`,
    waitingToStart: (price) => `en attente de départ, rien facturé pour l’instant (${price})`,
    beingMade: (price) => `en cours de création (${price})`,
    stopping: (price) => `arrêt en cours, peut encore être facturée (${price})`,
    onItsWay: 'en route',
    noLongerKept: 'plus conservée',
    answerLost: 'réponse perdue',
    undelivered: {
      'too large': 'trop grosse pour l’endroit demandé',
      unreachable: 'n’a pas pu être publiée',
      'removed by requester': 'message supprimé',
    },
    cancelled: {
      'by requester': 'annulée',
      'by admin': 'annulée',
      'never acknowledged': 'annulée',
      'waited too long': 'pas démarrée à temps',
      'picture gone': 'image introuvable',
      'picture too large': 'image trop grande',
      'no picture': 'image illisible',
      'picture kind': 'image non acceptée',
    },
    failed: {
      declined: 'refusée',
      'not accepted': 'non acceptée',
      'model gone': 'modèle retiré',
      'clip gone': 'vidéo de départ plus conservée',
      'set up wrongly': 'bot mal configuré',
      'service budget': 'budget épuisé',
      'failed at the service': 'n’a pas pu être créée',
      'gone at the service': 'perdue par le service',
      'not understood': 'pas de vidéo dans la réponse',
      overdue: 'pas terminée à temps',
      'file lost': 'fichier perdu',
      'unreadable file': 'vidéo illisible',
    },
  },

  help: {
    first:
      '`/veo` fait une vidéo de tes mots et la publie ici dès qu’elle est prête. Le prix figure dans le message avant tout paiement.',
    noPrices: '**Prix** Aucun modèle vidéo n’est utilisable en ce moment.',
    prices: '**Prix**',
    price: (model, price, seconds, resolution) =>
      `${model} · ≈ ${price} pour ${seconds} s en ${resolution}`,
    more: (count) => `et ${count} de plus dans \`/veo\``,
    pictures: (animate) =>
      `**Images** \`/veo\` prend une première et une dernière image et des images de ce qu’on doit voir. « ${animate} », sous Applications dans le menu d’un message, fait une vidéo de son image.`,
    report: (report) => `**Signaler** « ${report} », aussi sous Applications, prévient les admins.`,
    form: (draft, privately) =>
      `**Sans prompt**, \`/veo\` ouvre un formulaire. \`${draft}\` fait d’abord un essai peu cher ; \`${privately}\` ne montre la vidéo qu’à toi.`,
    buttons:
      '**Sous une vidéo** La refaire, modifier, prolonger ou agrandir, au prix indiqué, sur le quota de qui appuie. Supprimer : pour son membre et les admins du bot.',
    dm: '**En message privé** Écris au bot ce que la vidéo doit montrer, ou envoie une image. Il répond avec le prix ; rien n’est facturé avant que tu appuies sur le bouton. Répondre à une vidéo la modifie.',
    list: '**Tes vidéos et limites** `/videos` liste tes demandes, ramène une vidéo et dit ce qu’il te reste aujourd’hui et ce mois-ci.',
    charges:
      '**Coûts** Chaque message dit l’une de trois choses : non facturé, facturé ou peut-être facturé. La dernière signifie que la réponse du service s’est perdue après la demande : il a pu créer la vidéo et la facturer. On ne lui redemande jamais automatiquement.',
    privacy:
      '**Confidentialité** Le bot garde un temps ton identifiant, tes prompts, images et vidéos, et envoie prompts et images au service vidéo. Un bouton dans `/videos` les supprime.',
  },

  form: {
    newTitle: 'Nouvelle vidéo',
    changeTitle: 'Modifier cette vidéo',
    prompt: 'Prompt',
    promptOfNew: 'Que doit-on voir et entendre ?',
    promptOfClip: 'Ce qui doit changer, la suite, ou toute la nouvelle vidéo',
    picture: 'Image',
    pictures: 'Images',
    picturesUse: 'Avec une, la vidéo commence par elle ; à plusieurs, chacune y figure',
    picturesThere: (count) =>
      `${count === 1 ? '1 image est' : `${count} images sont`} déjà là ; de nouvelles les remplacent`,
    lastFrameThere: 'La dernière image est déjà là ; celle que tu envoies devient la première',
    how: 'Que faire',
    edit: (price) => `Modifier cette vidéo même · ${price}`,
    extend: (seconds, price) => `La prolonger de ${seconds} s · ${price}`,
    anew: 'Faire une nouvelle vidéo, comme ci-dessous',
    model: 'Modèle',
    modelOfNew: 'Modèle, pour une nouvelle vidéo',
    length: 'Durée et format',
    lengthOfNew: 'Durée et format, pour une nouvelle vidéo',
    quality: 'Netteté',
    qualityOfNew: 'Netteté, pour une nouvelle vidéo',
    draft: 'D’abord un brouillon, un essai peu cher',
    perSecond: (price) => `${price} par seconde`,
    perSecondEach: (prices) => `par seconde : ${prices}`,
    secondsAndShape: (seconds, shape) => `${seconds} s, ${shape}`,
  },

  shape: { wide: 'large', tall: 'vertical', square: 'carré' },

  command: {
    veo: 'Fait une vidéo de tes mots. Le prix est indiqué avant tout paiement.',
    videos: 'Tes vidéos : revois-en une et regarde ce qu’il te reste.',
    help: 'Ce que fait ce bot, ce que coûte une vidéo et ce qui est conservé.',
    animate: 'Animer cette image',
    report: 'Signaler la vidéo…',
    prompt: {
      name: 'prompt',
      description: 'Que doit-on voir et entendre ? Sans lui, un formulaire s’ouvre.',
    },
    model: { name: 'modèle', description: 'Quel modèle la crée' },
    duration: { name: 'durée', description: 'Combien de temps dure la vidéo' },
    aspect: { name: 'format', description: 'Large, vertical ou carré' },
    resolution: { name: 'résolution', description: 'La netteté de la vidéo' },
    draft: {
      name: 'brouillon',
      description: 'D’abord un essai peu cher et peu net ; version complète par un bouton',
    },
    private: { name: 'privé', description: 'Visible par toi seulement' },
    firstFrame: { name: 'première_image', description: 'Une image par laquelle la vidéo commence' },
    lastFrame: {
      name: 'dernière_image',
      description: 'Une image par laquelle la vidéo finit ; il en faut une première',
    },
    reference: {
      name: (number) => `référence_${number}`,
      description: 'Une image de quelqu’un ou de quelque chose à voir dans la vidéo',
    },
    about: (price, seconds) => `≈ ${price} pour ${seconds} s`,
  },
};
