/** Everything a member reads, in German. See en.ts for what is put into each sentence. */
import type { Words } from '../words.ts';
import { joined } from './joined.ts';

const nothingCharged = 'Nichts berechnet.';
const setUpWrongly = '🛠️ Der Bot ist dafür falsch eingerichtet; seine Admins wissen Bescheid';
const retired = 'es wurde hier abgeschaltet oder kann das nicht';
const anew = 'Mach stattdessen ein neues.';
const stays = 'Mit /veo machst du ein neues.';
const videos = (count: number) => (count === 1 ? '1 Video' : `${count} Videos`);
const pictures = (count: number) => (count === 1 ? '1 Bild' : `${count} Bilder`);
const requests = (count: number) => (count === 1 ? '1 Anfrage' : `${count} Anfragen`);

export const de: Words = {
  grammar: {
    count: (count) => count.toLocaleString('de-DE'),
    either: (items) => joined(items, ', ', ' oder '),
    sentences: (sentences) => sentences.join(' '),
  },

  charge: {
    not: 'nicht berechnet',
    charged: (price) => `${price} berechnet`,
    maybe: (price) => `${price} möglicherweise berechnet`,
    saidNot: 'Nicht berechnet.',
    saidCharged: (price) => `${price} berechnet.`,
    saidMaybe: (price) => `Möglicherweise berechnet (${price}).`,
  },

  button: {
    cancel: 'Abbrechen',
    show: 'Ergebnis zeigen',
    again: (price) => `Noch einmal ${price}`,
    againBy: (model, price) => `Mit ${model} machen ${price}`,
    change: 'Ändern',
    full: (price) => `In voller Qualität ${price}`,
    fullAnew: (price) => `Neu in voller Qualität ${price}`,
    extend: (price) => `Verlängern ${price}`,
    upscale: (price) => `Hochskalieren ${price}`,
    delete: 'Löschen',
    smaller: 'Kleinere Fassung',
    link: 'Link holen',
    deleteNow: 'Jetzt löschen',
    make: (price) => `Erstellen ${price}`,
    options: 'Optionen',
    makeSeconds: (seconds, price) => `Mit ${seconds} s erstellen ${price}`,
    showNumber: (number) => `${number} zeigen`,
    newer: 'Neuere',
    older: 'Ältere',
    forget: 'Meine Daten löschen',
    forgetNow: 'Alles löschen',
  },

  facts: {
    promptDeleted: 'Prompt gelöscht',
    madeIn: (duration) => `gemacht in ${duration}`,
    fromPictures: (count) => `aus ${count === 1 ? '1 Bild' : `${count} Bildern`}`,
    draft: 'Entwurf',
    basis: {
      edit: 'Geändertes Video',
      extend: 'Verlängertes Video',
      upscale: 'Hochskaliertes Video',
    },
    altText: 'Ein Video',
    altTextOf: (prompt) => `Ein Video: ${prompt}`,
  },

  job: {
    waiting: '⏳ Wartet auf den Start · noch nichts berechnet',
    waitingBehind: (ahead) => `⏳ Wartet, ${ahead} vor dir · noch nichts berechnet`,
    gathering: (count) =>
      `🖼️ ${count === 1 ? 'Dein Bild wird' : 'Deine Bilder werden'} geholt · noch nichts berechnet`,
    held: (what, when, until) =>
      `${what} ${nothingCharged} Es startet von selbst, ${when} (bis ${until}).`,
    heldBy: {
      'service away': {
        what: '🔌 Der Videodienst ist nicht erreichbar.',
        when: 'sobald er wieder da ist',
      },
      'rate limit': { what: '⏳ Der Videodienst ist ausgelastet.', when: 'sobald Platz ist' },
      'service budget': {
        what: '🧾 Das Videobudget des Bots ist vorerst aufgebraucht.',
        when: 'sobald wieder Budget da ist',
      },
      'set up wrongly': { what: `${setUpWrongly}.`, when: 'sobald das behoben ist' },
      storage: { what: '💾 Angehalten: Dem Bot fehlt Speicherplatz.', when: 'sobald Platz ist' },
      paused: { what: '⏸️ Von einem Admin angehalten.', when: 'sobald das vorbei ist' },
    },
    starting: '🎬 Startet',
    stopping: (price) =>
      `✋ Wird angehalten. Der Dienst kann es trotzdem noch berechnen (${price}).`,
    generating: (expected) => `🎬 In Arbeit, erwartet ${expected}`,
    generatingBusy:
      '🔌 In Arbeit, aber der Videodienst ist gerade ausgelastet. Der Bot fragt weiter nach.',
    generatingUnseen:
      '🔌 In Arbeit, aber der Videodienst lässt sich gerade nicht danach fragen. Der Bot fragt weiter nach.',
    onItsWay: '📥 Fertig, auf dem Weg zu dir',
    fetching: (why) =>
      `📥 Fertig. Es kann noch nicht geholt werden: ${why}. Das wird von selbst wieder versucht.`,
    fetchingWhy: {
      'service away': 'Der Videodienst ist nicht erreichbar',
      'rate limit': 'Der Videodienst ist ausgelastet',
      'service budget': 'Das Videobudget des Bots ist aufgebraucht',
      'set up wrongly': 'Der Bot ist dafür falsch eingerichtet; seine Admins wissen Bescheid',
      storage: 'Dem Bot fehlt Speicherplatz',
      paused: 'Von einem Admin angehalten',
      'file broken': 'Was der Videodienst schickt, ist kein vollständiges Video',
    },
    sentToDm: '📬 Dir als Direktnachricht geschickt.',
    postedAt: (link) => `📬 In einer neuen Nachricht gepostet: ${link}`,
    yourVideoIsReady: (member) => `📬 ${member}, dein Video ist fertig.`,
    keptUntil: (until) => `Es wird bis ${until} für dich aufbewahrt`,
    notKept: 'Es wird nicht mehr aufbewahrt',
    tooLarge: (size, kept, id) =>
      `📦 Fertig, aber es hat ${size}, und Discord nimmt hier keine so große Datei an. ${kept} (Video ${id}).`,
    shrinking: (size) =>
      `📦 Fertig, aber es hat ${size}, und Discord nimmt hier keine so große Datei an. Es wird kleiner gemacht.`,
    madeOtherwise: (made, asked) =>
      `ℹ️ Der Videodienst hat ${made} statt ${asked} gemacht; der Preis gilt für das, was er gemacht hat.`,
    madeSmaller: (sizes, until) =>
      `📦 Kleiner gemacht, damit es hier passt: ${sizes}. Das Original wird bis ${until} aufbewahrt.`,
    madeSmallerWithLink: (sizes, until, link) =>
      `📦 Kleiner gemacht, damit es hier passt: ${sizes}. Das Original wird bis ${until} aufbewahrt: Drück „${link}“.`,
    canBeSmaller: (smaller) =>
      `„${smaller}“ macht eine Kopie, die passt; sie sieht schlechter aus.`,
    canBeElsewhere:
      '`/videos` bringt es an einen Ort, der größere Dateien annimmt, etwa einen Server mit Boosts.',
    canBeLinked: (link) => `Mit „${link}“ kannst du es außerhalb von Discord ansehen.`,
    unreachable: (kept, showResult) =>
      `📦 Fertig, aber es konnte nicht gepostet werden. ${kept}: Drück „${showResult}“.`,
    unreachableGone: (notKept) => `📦 Fertig, aber es konnte nicht gepostet werden. ${notKept}.`,
    removed: (kept) =>
      `📦 Fertig, aber seine Nachricht wurde gelöscht, also wurde es nicht gepostet. ${kept}.`,
    copyTooLarge: (kept) =>
      `📦 Discord nimmt hier keine so große Datei an. ${kept}: Versuch \`/videos\` an einem anderen Ort oder in einer Direktnachricht mit dem Bot.`,
    copyNotPosted: (kept) =>
      `📦 Es konnte hier gerade nicht gepostet werden. ${kept}: Versuch \`/videos\` in einer Minute noch einmal.`,
    unconfirmed: (charge) =>
      `⚠️ Die Antwort auf diese Anfrage ging verloren. ${charge} Sie wird nicht von selbst noch einmal gesendet.`,
    itsSuccessor: (model, price) => `Sein Nachfolger ist ${model}, ${price} für dasselbe.`,
    ended: (happened) => `${happened}.`,
    endedSaying: (happened, said) => `${happened}: „${said}“`,
    stillPosted: 'Wird es später doch fertig, wird es noch gepostet.',
    adminCanLook: (id) => `Ein Admin kann nachsehen: Video ${id}.`,
    failed: {
      declined: '🚫 Das Modell hat abgelehnt',
      'not accepted': '🚫 Der Videodienst hat diese Anfrage nicht angenommen',
      'model gone': '💤 Dieses Modell wurde abgeschaltet',
      'set up wrongly': setUpWrongly,
      'service budget': '🧾 Das Videobudget des Bots ist aufgebraucht',
      'clip gone': '⌛ Das Video, aus dem dieses werden sollte, ist nicht mehr da',
      'failed at the service': '⚠️ Der Videodienst konnte es nicht machen',
      'gone at the service': '⚠️ Der Videodienst kennt dieses Video nicht mehr',
      'not understood':
        '⚠️ Der Dienst sagt, es sei fertig, aber in seiner Antwort war kein Video zu finden',
      overdue: '⌛ Der Videodienst wurde nicht rechtzeitig fertig',
      'file lost':
        '⚠️ Es wurde gemacht, aber seine Datei ging verloren, bevor sie gepostet werden konnte',
      'unreadable file':
        '⚠️ Es wurde gemacht, aber die Datei des Videodienstes ist kein Video, das der Bot lesen kann',
    },
    advice: {
      declined: 'Sag es anders und versuch es noch einmal.',
      'not accepted': 'Sag es anders oder wähl andere Einstellungen.',
      'model gone': 'Wähl mit `/veo` ein anderes.',
      'set up wrongly': 'Versuch es später noch einmal.',
      'service budget': 'Versuch es später noch einmal.',
      'clip gone': anew,
      'failed at the service': 'Versuch es noch einmal.',
      'gone at the service': null,
      'not understood': null,
      overdue: null,
      'file lost': null,
      'unreadable file': null,
    },
    cancelledBefore: (charge) => `✋ Vor dem Start abgebrochen. ${charge}`,
    cancelled: (charge) => `✋ Abgebrochen. ${charge}`,
    cancelledByAdmin: (charge) => `✋ Von einem Admin abgebrochen. ${charge}`,
    notStarted: (charge) => `✋ Nicht gestartet. ${charge}`,
    waitedTooLong: (charge) =>
      `⌛ Es konnte nicht rechtzeitig gestartet werden. ${charge} Versuch es später noch einmal.`,
    pictureGone: (charge) =>
      `🖼️ Das Bild lässt sich bei Discord nicht mehr abrufen. ${charge} Schick es noch einmal.`,
    pictureTooLarge: (charge) =>
      `🖼️ Das Bild ist zu groß, um damit zu arbeiten. ${charge} Schick ein kleineres.`,
    noPicture: (charge) =>
      `🖼️ Die Datei ist kein lesbares Bild. ${charge} Schick ein PNG, JPEG, WebP oder GIF.`,
    pictureKind: (model, charge) =>
      `🖼️ ${model} nimmt diese Art von Bild nicht an. ${charge} Schick ein PNG, JPEG, WebP oder GIF.`,
  },

  refusal: {
    emptyPrompt: `In diesem Prompt ist nichts zu sehen: Beschreib mit Worten, was das Video zeigen soll. ${nothingCharged}`,
    promptTooLong: (chars, most) =>
      `Dieser Prompt hat ${chars} Zeichen, höchstens ${most} gehen. ${nothingCharged} Kürz ihn und schick ihn noch einmal.`,
    noModels: `Im Moment ist hier kein Videomodell nutzbar; ein Admin des Bots muss sich das ansehen. ${nothingCharged} Versuch es später noch einmal.`,
    blocked: {
      'member here': `🚫 Die Admins dieses Servers lassen dich hier keine Videos machen. ${nothingCharged} Frag sie nach dem Grund; was du gemacht hast, bleibt in /videos.`,
      member: `🚫 Die Admins dieses Bots lassen dich keine Videos machen. ${nothingCharged} Frag sie nach dem Grund; was du gemacht hast, bleibt in /videos.`,
      server: `🚫 Die Admins dieses Bots machen auf diesem Server keine Videos. ${nothingCharged} Frag sie nach dem Grund oder nutz den Bot anderswo.`,
    },
    refusedWords: `🚫 Etwas in diesem Prompt erlauben die Regeln hier nicht. ${nothingCharged} Sag es anders.`,
    notAgeRestricted: `🔞 Auf diesem Server werden Videos nur in Kanälen mit Altersbeschränkung gemacht. ${nothingCharged} Frag dort danach.`,
    modelOff: (model, models) =>
      `${model} wird hier nicht angeboten. ${nothingCharged} Wähl ${models}.`,
    unknownModel: (asked, models) =>
      `Das Modell „${asked}“ gibt es hier nicht mehr. ${nothingCharged} Wähl ${models}.`,
    notMade: (asked, model, makes) =>
      `„${asked}“ geht mit ${model} nicht: Es macht ${makes}. ${nothingCharged}`,
    needsSeconds: (resolution, seconds, model) =>
      `${resolution} braucht bei ${model} ${seconds} s. ${nothingCharged}`,
    noDraft: (resolution, model) =>
      `Bei ${model} ist nichts günstiger als ${resolution}, also bringt ein Entwurf davon nichts. ${nothingCharged}`,
    dearer: (price, shown) =>
      `Das kostet inzwischen ${price}, nicht ${shown}. Noch nichts berechnet: Drück noch einmal, wenn du es dafür willst.`,
    cannotChange: {
      edit: (model) =>
        `${model} kann dieses Video nicht ändern: ${retired}. ${nothingCharged} ${anew}`,
      extend: (model) =>
        `${model} kann dieses Video nicht verlängern: ${retired}. ${nothingCharged} ${anew}`,
      upscale: (model) =>
        `${model} kann dieses Video nicht hochskalieren: ${retired}. ${nothingCharged} ${anew}`,
    },
    clipTooLong: {
      edit: (seconds, model, most) =>
        `Dieses Video ist ${seconds} s lang; ${model} kann eines von höchstens ${most} s ändern. ${nothingCharged} ${anew}`,
      extend: (seconds, model, most) =>
        `Dieses Video ist ${seconds} s lang; ${model} kann eines von höchstens ${most} s verlängern. ${nothingCharged} ${anew}`,
      upscale: (seconds, model, most) =>
        `Dieses Video ist ${seconds} s lang; ${model} kann eines von höchstens ${most} s hochskalieren. ${nothingCharged} ${anew}`,
    },
    clipForgotten: `Die Daten dieses Videos wurden hier gelöscht, daraus lässt sich nichts mehr machen. ${nothingCharged} ${anew}`,
    clipTooOld: {
      edit: (kept) =>
        `Der Videodienst behält ein Video ${kept}, und dieses ist älter: Es lässt sich nicht mehr ändern. ${nothingCharged} ${anew}`,
      extend: (kept) =>
        `Der Videodienst behält ein Video ${kept}, und dieses ist älter: Es lässt sich nicht mehr verlängern. ${nothingCharged} ${anew}`,
      upscale: (kept) =>
        `Der Videodienst behält ein Video ${kept}, und dieses ist älter: Es lässt sich nicht mehr hochskalieren. ${nothingCharged} ${anew}`,
    },
    keptLessThanADay: 'weniger als einen Tag',
    keptDays: (days) => (days === 1 ? 'einen Tag' : `${days} Tage`),
    noSuchPictures: {
      'first frame': (model) =>
        `Ein erstes Bild geht mit ${model} nicht. ${nothingCharged} Lass es weg oder wähl ein anderes Modell.`,
      'last frame': (model) =>
        `Ein letztes Bild geht mit ${model} nicht. ${nothingCharged} Lass es weg oder wähl ein anderes Modell.`,
      reference: (model) =>
        `Ein Referenzbild geht mit ${model} nicht. ${nothingCharged} Lass es weg oder wähl ein anderes Modell.`,
    },
    lastFrameAlone: `Ein letztes Bild geht nur zusammen mit einem ersten. ${nothingCharged} Füg eines hinzu.`,
    framesAndReferences: (model) =>
      `Bei ${model} gehen Referenzbilder nur ohne erstes und letztes Bild. ${nothingCharged} Schick das eine oder das andere.`,
    tooManyPictures: {
      any: (model, most) =>
        `${model} nimmt höchstens ${pictures(most)} an. ${nothingCharged} Lass welche weg.`,
      'first frame': (model, most) =>
        `${model} nimmt höchstens ${most} ${most === 1 ? 'erstes Bild' : 'erste Bilder'} an. ${nothingCharged} Lass welche weg.`,
      'last frame': (model, most) =>
        `${model} nimmt höchstens ${most} ${most === 1 ? 'letztes Bild' : 'letzte Bilder'} an. ${nothingCharged} Lass welche weg.`,
      reference: (model, most) =>
        `${model} nimmt höchstens ${most} ${most === 1 ? 'Referenzbild' : 'Referenzbilder'} an. ${nothingCharged} Lass welche weg.`,
    },
    secondsForPictures: {
      'first frame': (seconds, model, asked) =>
        `Ein erstes Bild braucht bei ${model} ${seconds} s, nicht ${asked} s. ${nothingCharged}`,
      'last frame': (seconds, model, asked) =>
        `Ein letztes Bild braucht bei ${model} ${seconds} s, nicht ${asked} s. ${nothingCharged}`,
      reference: (seconds, model, asked) =>
        `Ein Referenzbild braucht bei ${model} ${seconds} s, nicht ${asked} s. ${nothingCharged}`,
    },
    pictureTooLarge: (size, most) =>
      `Dieses Bild hat ${size}, höchstens ${most} gehen. ${nothingCharged} Schick ein kleineres.`,
    confirm: (price) =>
      `Das kostet ${price}. Noch nichts berechnet: Drück noch einmal, um es zu machen.`,
    stranger: {
      limit: (said) =>
        `${said} Dieses Limit gilt in Direktnachrichten und auf Servern ohne diesen Bot; auf einem Server mit ihm hast du vielleicht mehr.`,
      none: `🚫 Dieser Bot macht keine Videos in Direktnachrichten und auf Servern, auf denen er nicht ist. ${nothingCharged} Frag danach auf einem Server mit diesem Bot.`,
    },
    atOnce: {
      member: (open, most) =>
        `Von dir warten oder entstehen gerade ${videos(open)}, höchstens ${most} gehen zugleich. ${nothingCharged} Frag noch einmal, wenn eines fertig ist.`,
      channel: (open, most) =>
        `In diesem Kanal warten oder entstehen gerade ${videos(open)}, höchstens ${most} gehen zugleich. ${nothingCharged} Frag noch einmal, wenn eines fertig ist.`,
      server: (open, most) =>
        `Auf diesem Server warten oder entstehen gerade ${videos(open)}, höchstens ${most} gehen zugleich. ${nothingCharged} Frag noch einmal, wenn eines fertig ist.`,
      bot: () =>
        `Der Bot hat so viele Videos in Arbeit, wie er zugleich annimmt. ${nothingCharged} Frag in ein paar Minuten noch einmal.`,
    },
    videosUsedUp: {
      day: (had, most, back) =>
        `Du hattest heute ${videos(had)} (Limit ${most}). ${nothingCharged} Wieder ab ${back}.`,
      month: (had, most, back) =>
        `Du hattest diesen Monat ${videos(had)} (Limit ${most}). ${nothingCharged} Wieder ab ${back}.`,
    },
    aboveLimit: {
      day: (price, most) =>
        `Das kostet ${price}, mehr als dein Limit von ${most} am Tag. ${nothingCharged} Ein kürzeres Video oder ein günstigeres Modell könnte passen.`,
      month: (price, most) =>
        `Das kostet ${price}, mehr als dein Limit von ${most} im Monat. ${nothingCharged} Ein kürzeres Video oder ein günstigeres Modell könnte passen.`,
    },
    notEnoughLeft: {
      day: (left, most, price, back) =>
        `Du hast heute noch ${left} übrig (Limit ${most}), das kostet ${price}. ${nothingCharged} Wieder ab ${back}.`,
      month: (left, most, price, back) =>
        `Du hast diesen Monat noch ${left} übrig (Limit ${most}), das kostet ${price}. ${nothingCharged} Wieder ab ${back}.`,
    },
    usedUp: (what, back) => `🧾 ${what} ist aufgebraucht. ${nothingCharged} Wieder ab ${back}.`,
    usedUpWhat: {
      channel: {
        money: {
          day: 'Das heutige Videobudget dieses Kanals',
          month: 'Das Videobudget dieses Kanals für diesen Monat',
        },
        videos: {
          day: 'Die heutige Anzahl Videos dieses Kanals',
          month: 'Die Anzahl Videos dieses Kanals für diesen Monat',
        },
      },
      server: {
        money: {
          day: 'Das heutige Videobudget dieses Servers',
          month: 'Das Videobudget dieses Servers für diesen Monat',
        },
        videos: {
          day: 'Die heutige Anzahl Videos dieses Servers',
          month: 'Die Anzahl Videos dieses Servers für diesen Monat',
        },
      },
      bot: {
        money: {
          day: 'Das heutige Videobudget des Bots',
          month: 'Das Videobudget des Bots für diesen Monat',
        },
        videos: {
          day: 'Die heutige Anzahl Videos des Bots',
          month: 'Die Anzahl Videos des Bots für diesen Monat',
        },
      },
    },
    closed: {
      paused: `⏸️ Neue Videos sind von einem Admin angehalten. ${nothingCharged} Versuch es später noch einmal.`,
      storage: `🗄️ Neue Videos sind angehalten: Der Bot hat keinen Platz dafür. Seine Admins sehen es. ${nothingCharged} Versuch es später noch einmal.`,
      'service budget': `🧾 Das Videobudget des Bots ist aufgebraucht. Seine Admins sehen es. ${nothingCharged} Versuch es später noch einmal.`,
      'set up wrongly': `🛠️ Der Bot ist dafür falsch eingerichtet; seine Admins sehen es. ${nothingCharged} Versuch es später noch einmal.`,
      'service away': `🔌 Der Videodienst ist gerade nicht erreichbar. ${nothingCharged} Versuch es in ein paar Minuten noch einmal.`,
      'rate limit': `⏳ Der Videodienst nimmt gerade nichts mehr an. ${nothingCharged} Versuch es in ein paar Minuten noch einmal.`,
    },
  },

  answer: {
    stopping: (price) =>
      `✋ Der Dienst wird gebeten, aufzuhören. Er kann es trotzdem noch berechnen (${price}); was daraus wurde, wird in der Nachricht stehen.`,
    cannotBeStopped:
      'Dieses Video lässt sich nicht mehr anhalten: Der Dienst, der es macht, kennt kein Abbrechen. Es läuft weiter; was es kostet, steht in der Nachricht.',
    tooLateOnItsWay: `Zu spät zum Abbrechen: Das Video ist fertig und auf dem Weg in die Nachricht. Was es kostet, steht in der Nachricht.`,
    tooLateMade: `Zu spät zum Abbrechen: Das Video ist schon fertig. Was es kostet, steht in der Nachricht.`,
    nothingToCancel:
      'Hier gibt es nichts mehr abzubrechen: Es ist zu Ende. Ob etwas berechnet wurde, steht in der Nachricht.',
    notYoursToCancel: `Nur wer dieses Video wollte, oder ein Admin des Bots, kann es abbrechen. ${nothingCharged} Mit /veo machst du ein eigenes.`,
    forItsMemberAlone: `Dieses Video ist nur für den, der es wollte, und diese Nachricht sehen auch andere. ${nothingCharged} Mit /videos siehst du es für dich allein.`,
    notYoursToShow: `Nur wer dieses Video wollte, kann es hierher holen. ${nothingCharged} Mit /veo machst du ein eigenes.`,
    notYoursToStart: `Nur wer diesen Prompt geschrieben hat, kann ihn starten. ${nothingCharged} Mit /veo machst du ein eigenes.`,
    notYoursToDelete: `Nur wer dieses Video wollte, oder ein Admin des Bots, kann es löschen. ${nothingCharged} Wenn etwas daran nicht stimmt, melde es: unter Apps im Menü seiner Nachricht.`,
    stillBeingMade:
      'Dieses Video ist noch in Arbeit. Es kommt von selbst in die Nachricht; wenn nicht, drück diesen Knopf noch einmal, sobald es fertig ist.',
    stillInTheMaking:
      '🎬 Dieses Video ist noch in Arbeit. Es wird von selbst gepostet, sobald es fertig ist.',
    deliveredAlready:
      'Dieses Video wurde schon geliefert: Such es in diesem Kanal oder in deinen Direktnachrichten, oder sieh es mit /videos noch einmal an.',
    nothingToShowCancelled: `Es gibt kein Video zu zeigen: Es wurde abgebrochen. Ob etwas berechnet wurde, steht in der Nachricht. ${stays}`,
    nothingToShow: `Es gibt kein Video zu zeigen. Ob etwas berechnet wurde, steht in der Nachricht. ${stays}`,
    onItsWay:
      '📥 Dieses Video ist schon auf dem Weg zu dir. Es wird dafür nichts noch einmal berechnet.',
    noLongerKept: `Dieses Video wird hier nicht mehr aufbewahrt und kann nicht noch einmal gezeigt werden. ${nothingCharged} ${stays}`,
    link: (link, until) =>
      `🔗 ${link}\nEr gilt bis ${until}, für alle, die ihn haben. Dafür wird nichts berechnet.`,
    noLinks: `Dieser Bot gibt keine Links mehr aus; mit /videos siehst du das Video dort, wo es passt. ${nothingCharged}`,
    notYoursToLink: `Dieses Video ist für eine Person allein: Nur sie oder ein Admin des Bots bekommt einen Link. ${nothingCharged} Mit /veo machst du ein eigenes.`,
    notYoursToShrink: `Nur wer dieses Video wollte, oder ein Admin des Bots, kann es kleiner machen lassen. ${nothingCharged} Mit /veo machst du ein eigenes.`,
    noSmaller: `Von diesem Video lässt sich keine kleinere Fassung machen. ${nothingCharged} Mit /videos siehst du, was davon aufbewahrt wird.`,
    noPictureThere: (firstFrame) =>
      `In dieser Nachricht ist kein verwendbares Bild: Nur was über Discord selbst geschickt wurde, geht. ${nothingCharged} Nimm /veo und häng eines als ${firstFrame} an.`,
    noSuchVideo: `Dieses Video ist hier nicht mehr bekannt. ${nothingCharged} ${stays}`,
    startedBefore:
      'Dieses Angebot wurde schon angenommen; sein Video hat eine eigene Nachricht. Nichts wird zweimal berechnet. Mit /veo machst du ein weiteres.',
    noSuchDraft: `Dieses Angebot ist abgelaufen. ${nothingCharged} Schreib deinen Prompt noch einmal, oder nimm /veo.`,
    oldForm: `Dieses Formular stammt von einer anderen Version des Bots und wurde nicht angenommen. ${nothingCharged} Mit /veo machst du ein Video.`,
    oldButton: `Dieser Knopf stammt von einer anderen Version des Bots und tut nichts mehr. ${nothingCharged} Mit /veo machst du ein Video.`,
    unknownCommand: `Diesen Befehl gibt es hier nicht mehr. ${nothingCharged} Lade Discord neu (Strg+R, oder App schließen und öffnen) und nimm /veo.`,
    outdatedOptions: `Die Optionen dieses Befehls haben sich geändert. ${nothingCharged} Lade Discord neu (Strg+R, oder App schließen und öffnen) und versuch es noch einmal.`,
    notUnderstood: `Der Bot weiß damit nichts anzufangen. ${nothingCharged} Mit /veo machst du ein Video.`,
    keptForLater:
      '💾 Dein Wunsch ist notiert, aber dem Bot fehlt Speicherplatz. Noch nichts berechnet; es startet von selbst, sobald Platz ist. Du musst nicht noch einmal fragen.',
    brokeWhileAsking:
      '🛠️ Im Bot ist etwas schiefgegangen. Erscheint binnen einer Minute keine Nachricht mit deinem Video, wurde nichts berechnet, und du kannst es noch einmal versuchen.',
    brokeWhilePressing:
      '🛠️ Im Bot ist etwas schiefgegangen, als du gedrückt hast. Es gilt, was in der Nachricht steht; versuch es in einer Minute noch einmal.',
    brokeWhileReading: `🛠️ Im Bot ist etwas schiefgegangen. ${nothingCharged} Schreib es in einer Minute noch einmal.`,
  },

  offer: {
    inThePicturesForm: 'im Format des Bildes',
    makes: (price) =>
      `Das macht ein Video für ${price}; es wird nichts berechnet, bevor du den Knopf drückst.`,
    changes: (price) =>
      `Das ändert genau dieses Video für ${price}; es wird nichts berechnet, bevor du den Knopf drückst.`,
    left: {
      day: (left) => `Du hast heute noch ${left} übrig.`,
      month: (left) => `Du hast diesen Monat noch ${left} übrig.`,
    },
    notThatVideo:
      'Jenes Video selbst lässt sich nicht ändern; das hier ist für ein neues an seiner Stelle.',
    picturesMakeNew:
      'Mit einem Bild ist das hier für ein neues Video. Um genau jenes zu ändern, antworte nur mit Worten darauf.',
    chosenForNew:
      'Modell, Länge, Format und Schärfe, die du gewählt hast, gelten für ein neues Video; was aus genau jenem gemacht wird, behält seine eigenen.',
    pricesChanged:
      'Die Preise haben sich geändert, seit das Formular geöffnet wurde; es wurde nichts gestartet.',
    nothingWritten:
      'Schreib, was das Video zeigen soll, z. B. „ein Fuchs im Schnee“. Dann siehst du den Preis, und es wird nichts berechnet, bevor du den Knopf drückst.',
    onlyFiles:
      'Nur aus Worten und Bildern kann hier ein Video werden. Schreib, was es zeigen soll; es wird nichts berechnet, bevor du einen Knopf drückst.',
    promptForPicture: 'Erwecke dieses Bild mit natürlicher Bewegung und passendem Ton zum Leben.',
    promptForPictures:
      'Zeige, was auf diesen Bildern ist, gemeinsam in einer lebendigen Szene mit passendem Ton.',
  },

  deleting: {
    byMember: (charge) => `🗑️ Hier war ein Video. Wer es wollte, hat es gelöscht · ${charge}`,
    byAdmin: (charge) => `🗑️ Hier war ein Video. Ein Admin des Bots hat es gelöscht · ${charge}`,
    takenDown: (charge) => `🗑️ Hier war ein Video. Ein Admin hat es entfernt · ${charge}`,
    really: (charge) =>
      `Dieses Video aus seiner Nachricht löschen? An den Kosten ändert sich nichts: ${charge}. Es bleibt in der Liste dessen, der es wollte (\`/videos\`), nur dort sichtbar.`,
    done: (charge) =>
      `🗑️ Das Video ist aus seiner Nachricht gelöscht. An den Kosten ändert sich nichts: ${charge}.`,
    archived: (deleteLabel) =>
      `Das Video wurde nicht gelöscht: Dieser Thread ist archiviert, und Discord ändert darin nichts. Schreib etwas hinein, damit er wieder offen ist, und drück noch einmal „${deleteLabel}“.`,
    notDone: (deleteLabel) =>
      `Das Video ließ sich von hier nicht löschen: Der Bot erreicht seine Nachricht nicht mehr. Drück darunter noch einmal „${deleteLabel}“, oder lösch die Nachricht mit Discords eigenem Menü.`,
  },

  report: {
    title: 'Dieses Video melden',
    reason: 'Was stimmt damit nicht?',
    reasonHint: 'Darf leer bleiben. Die Admins lesen es, mit deinem Namen.',
    toServer: `🚩 Gemeldet: Die Admins dieses Servers wissen es jetzt, mit deinem Namen. ${nothingCharged} Mehr ist nicht zu tun.`,
    toBot: `🚩 Gemeldet: Die Admins dieses Bots wissen es jetzt, mit deinem Namen. ${nothingCharged} Mehr ist nicht zu tun.`,
    counted: (count) =>
      `🚩 Gemeldet: ${count} Mitglieder haben das getan, du mitgezählt, und die Admins wissen davon. ${nothingCharged} Mehr ist nicht zu tun.`,
    before: `Du hast dieses Video schon gemeldet: Die Admins wissen davon. ${nothingCharged} Mehr ist nicht zu tun.`,
    tooMany: `Binnen einer Stunde wurde viel gemeldet, deshalb wurde dies nicht angenommen. ${nothingCharged} Versuch es später noch einmal.`,
    notNow: `Discord antwortet nicht; ob deine Meldung angekommen ist, ist deshalb ungewiss, und sie zählt noch nicht. ${nothingCharged} Versuch es in einer Minute noch einmal: Die Admins lesen sie nur einmal.`,
    nobody: `Dieser Bot hat keinen Admin, dem er es sagen könnte, die Meldung zählt also nicht. ${nothingCharged} Sag es denen, die diesen Ort verwalten.`,
    noVideoThere: `In dieser Nachricht ist kein Video dieses Bots, also wurde nichts gemeldet. ${nothingCharged} Wähl die Nachricht mit dem Video.`,
  },

  forget: {
    asked:
      '**Deine Daten hier löschen?** Das lässt sich nicht rückgängig machen.\n' +
      '**Weg sind dann** die Videos, die für dich aufbewahrt werden, auch die noch auf dich warten; die Bilder, die du geschickt hast; deine Prompts und was der Videodienst dazu sagte.\n' +
      '**Es bleibt**, wann du gefragt hast, was es gekostet hat und deine Benutzer-ID, für die Abrechnung. Was gepostet wurde, bleibt in seinem Kanal: Lösch es dort. Sicherungen des Bots verlieren deine Daten, wenn sie ersetzt werden.\n' +
      'Was noch in Arbeit ist, läuft weiter und wird binnen einer Stunde nach seinem Ende vergessen; was zu lange dauert, etwa zwei Tage nach seinem Start.',
    nothing:
      '🗑️ Erledigt. Von allem, was beendet ist, ist hier kein Video, Prompt oder Bild von dir gespeichert.',
    done: (keptVideos, jobs) =>
      `🗑️ Gelöscht: ${keptVideos === 1 ? '1 aufbewahrtes Video' : `${keptVideos} aufbewahrte Videos`} sowie die Worte und Bilder von ${requests(jobs)}.`,
    running: (count) =>
      count === 1
        ? '1 Anfrage ist noch nicht zu Ende: Sie läuft weiter und wird binnen einer Stunde nach ihrem Ende vergessen; dauert sie zu lange, etwa zwei Tage nach ihrem Start.'
        : `${count} Anfragen sind noch nicht zu Ende: Sie laufen weiter und werden binnen einer Stunde nach ihrem Ende vergessen; was zu lange dauert, etwa zwei Tage nach seinem Start.`,
    privacy: (url) => `Datenschutz: ${url}`,
  },

  list: {
    waiting: (count) => `**Wartet auf dich: ${count}**`,
    empty:
      'Du hast noch keine Videos. Mit /veo machst du eines, oder schreib dem Bot eine Direktnachricht.',
    noOlder: 'Es gibt keine älteren Videos.',
    left: (parts) => `Übrig ${parts}`,
    leftIn: { day: (left) => `heute: ${left}`, month: (left) => `diesen Monat: ${left}` },
    ofMoney: (left, most) => `${left} von ${most}`,
    ofVideos: (left, most) => `${left} von ${most} Videos`,
    waitingToStart: (price) => `wartet auf den Start, noch nichts berechnet (${price})`,
    beingMade: (price) => `in Arbeit (${price})`,
    stopping: (price) => `wird angehalten, kann noch berechnet werden (${price})`,
    onItsWay: 'unterwegs',
    noLongerKept: 'nicht mehr aufbewahrt',
    answerLost: 'Antwort verloren',
    undelivered: {
      'too large': 'zu groß für den Ort der Anfrage',
      unreachable: 'konnte nicht gepostet werden',
      'removed by requester': 'Nachricht wurde gelöscht',
    },
    cancelled: {
      'by requester': 'abgebrochen',
      'by admin': 'abgebrochen',
      'never acknowledged': 'abgebrochen',
      'waited too long': 'nicht rechtzeitig gestartet',
      'picture gone': 'Bild nicht gefunden',
      'picture too large': 'Bild zu groß',
      'no picture': 'Bild nicht lesbar',
      'picture kind': 'Bild nicht angenommen',
    },
    failed: {
      declined: 'abgelehnt',
      'not accepted': 'nicht angenommen',
      'model gone': 'Modell abgeschaltet',
      'clip gone': 'Ausgangsvideo nicht mehr da',
      'set up wrongly': 'Bot falsch eingerichtet',
      'service budget': 'Budget aufgebraucht',
      'failed at the service': 'konnte nicht gemacht werden',
      'gone at the service': 'beim Dienst verloren',
      'not understood': 'kein Video in der Antwort',
      overdue: 'nicht rechtzeitig fertig',
      'file lost': 'Datei verloren',
      'unreadable file': 'kein lesbares Video',
    },
  },

  help: {
    first:
      '`/veo` macht aus deinen Worten ein Video und postet es hier, sobald es fertig ist. Der Preis steht in der Nachricht, bevor etwas bezahlt wird.',
    noPrices: '**Preise** Im Moment ist kein Videomodell nutzbar.',
    prices: '**Preise**',
    price: (model, price, seconds, resolution) =>
      `${model} · ≈ ${price} für ${seconds} s in ${resolution}`,
    more: (count) => `und ${count} weitere in \`/veo\``,
    pictures: (animate) =>
      `**Bilder** \`/veo\` nimmt ein erstes und letztes Bild und Bilder von dem, was zu sehen sein soll. „${animate}“, unter Apps im Menü einer Nachricht, macht aus ihrem Bild ein Video.`,
    report: (report) => `**Melden** „${report}“, auch dort, sagt es den Admins.`,
    form: (draft, privately) =>
      `**Ohne Prompt** öffnet \`/veo\` ein Formular. \`${draft}\` macht zuerst einen günstigen Versuch; \`${privately}\` zeigt das Video nur dir.`,
    buttons:
      '**Unter einem Video** Noch einmal machen, ändern, verlängern, hochskalieren: zum genannten Preis, auf Kosten dessen, der drückt. Löschen können nur wer es wollte und die Admins des Bots.',
    dm: '**In einer Direktnachricht** Schreib dem Bot, was das Video zeigen soll, oder schick ein Bild. Er nennt den Preis; nichts wird berechnet, bevor du den Knopf drückst. Eine Antwort auf ein Video ändert es.',
    list: '**Deine Videos und Limits** `/videos` listet, was du wolltest, holt ein Video zurück und sagt, was dir heute und diesen Monat bleibt.',
    charges:
      '**Kosten** Jede Nachricht sagt eines von dreien: nicht berechnet, berechnet oder möglicherweise berechnet. Letzteres heißt: Die Antwort des Videodienstes ging verloren; er kann das Video gemacht und berechnet haben. Er wird nie von selbst noch einmal gefragt.',
    privacy:
      '**Datenschutz** Der Bot behält deine Benutzer-ID, Prompts, Bilder und Videos eine Zeit lang und schickt Prompts und Bilder an den Videodienst. Ein Knopf in `/videos` löscht sie.',
  },

  form: {
    newTitle: 'Neues Video',
    changeTitle: 'Dieses Video ändern',
    prompt: 'Prompt',
    promptOfNew: 'Was soll zu sehen und zu hören sein?',
    promptOfClip: 'Was anders sein soll, wie es weitergeht, oder das ganze neue Video',
    picture: 'Bild',
    pictures: 'Bilder',
    picturesUse: 'Mit einem beginnt das Video; von mehreren ist jedes darin zu sehen',
    picturesThere: (count) =>
      `${count === 1 ? '1 Bild ist' : `${count} Bilder sind`} schon da; neue treten an ihre Stelle`,
    lastFrameThere: 'Das letzte Bild ist schon da; das Bild, das du schickst, wird das erste',
    how: 'Was gemacht wird',
    edit: (price) => `Genau dieses Video ändern · ${price}`,
    extend: (seconds, price) => `Um ${seconds} s verlängern · ${price}`,
    anew: 'Ein neues Video machen, wie unten',
    model: 'Modell',
    modelOfNew: 'Modell eines neuen Videos',
    length: 'Länge und Format',
    lengthOfNew: 'Länge und Format eines neuen Videos',
    quality: 'Schärfe',
    qualityOfNew: 'Schärfe eines neuen Videos',
    draft: 'Zuerst ein Entwurf, ein günstiger Versuch',
    perSecond: (price) => `${price} pro Sekunde`,
    perSecondEach: (prices) => `pro Sekunde: ${prices}`,
    secondsAndShape: (seconds, shape) => `${seconds} s, ${shape}`,
  },

  shape: { wide: 'breit', tall: 'hoch', square: 'quadratisch' },

  command: {
    veo: 'Macht aus deinen Worten ein Video. Du siehst den Preis, bevor etwas bezahlt wird.',
    videos: 'Deine Videos: zeig eines noch einmal und sieh, was dir bleibt.',
    help: 'Was dieser Bot tut, was ein Video kostet und was aufbewahrt wird.',
    animate: 'Dieses Bild animieren',
    report: 'Video melden…',
    prompt: {
      name: 'prompt',
      description: 'Was soll zu sehen und zu hören sein? Ohne öffnet sich ein Formular.',
    },
    model: { name: 'modell', description: 'Welches Modell es macht' },
    duration: { name: 'dauer', description: 'Wie lang das Video ist' },
    aspect: { name: 'format', description: 'Breit, hoch oder quadratisch' },
    resolution: { name: 'auflösung', description: 'Wie scharf das Video ist' },
    draft: {
      name: 'entwurf',
      description: 'Zuerst ein günstiger, unscharfer Versuch; in voller Qualität per Knopf',
    },
    private: { name: 'privat', description: 'Nur du siehst es' },
    firstFrame: { name: 'erstes_bild', description: 'Ein Bild, mit dem das Video beginnt' },
    lastFrame: {
      name: 'letztes_bild',
      description: 'Ein Bild, mit dem das Video endet; braucht ein erstes',
    },
    reference: {
      name: (number) => `referenz_${number}`,
      description: 'Ein Bild von jemandem oder etwas, das zu sehen sein soll',
    },
    about: (price, seconds) => `≈ ${price} für ${seconds} s`,
  },
};
