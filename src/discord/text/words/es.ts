/** Everything a member reads, in Spanish. See en.ts for what is put into each sentence. */
import type { Words } from '../words.ts';
import { joined } from './joined.ts';

const nothingCharged = 'No se cobra nada.';
const setUpWrongly = '🛠️ El bot está mal configurado para esto; sus admins ya lo saben';
const retired = 'se ha retirado aquí o no sabe hacerlo';
const anew = 'Haz uno nuevo en su lugar.';
const stays = 'Usa /veo para hacer uno nuevo.';
const videos = (count: number) => (count === 1 ? '1 video' : `${count} videos`);
const pictures = (count: number) => (count === 1 ? '1 imagen' : `${count} imágenes`);
const requests = (count: number) => (count === 1 ? '1 petición' : `${count} peticiones`);

export const es: Words = {
  grammar: {
    count: (count) => count.toLocaleString('es-ES', { useGrouping: 'always' }),
    either: (items) => joined(items, ', ', ' o '),
    sentences: (sentences) => sentences.join(' '),
  },

  charge: {
    not: 'no cobrado',
    charged: (price) => `${price} cobrados`,
    maybe: (price) => `${price} quizá cobrados`,
    saidNot: 'No cobrado.',
    saidCharged: (price) => `${price} cobrados.`,
    saidMaybe: (price) => `Quizá cobrado (${price}).`,
  },

  button: {
    cancel: 'Cancelar',
    show: 'Ver resultado',
    again: (price) => `Repetir ${price}`,
    againBy: (model, price) => `Hacer con ${model} ${price}`,
    change: 'Cambiar',
    full: (price) => `Hacerlo completo ${price}`,
    fullAnew: (price) => `Uno nuevo completo ${price}`,
    extend: (price) => `Alargar ${price}`,
    upscale: (price) => `Ampliar ${price}`,
    delete: 'Borrar',
    smaller: 'Versión reducida',
    link: 'Enlace',
    deleteNow: 'Borrarlo',
    make: (price) => `Hacerlo ${price}`,
    options: 'Opciones',
    makeSeconds: (seconds, price) => `Hacerlo de ${seconds} s ${price}`,
    showNumber: (number) => `Ver ${number}`,
    newer: 'Más nuevos',
    older: 'Más antiguos',
    forget: 'Borrar mis datos',
    forgetNow: 'Borrarlo todo',
  },

  facts: {
    promptDeleted: 'prompt borrado',
    madeIn: (duration) => `hecho en ${duration}`,
    fromPictures: (count) => `a partir de ${pictures(count)}`,
    draft: 'Borrador',
    basis: { edit: 'Video cambiado', extend: 'Video alargado', upscale: 'Video ampliado' },
    altText: 'Un video',
    altTextOf: (prompt) => `Un video: ${prompt}`,
  },

  job: {
    waiting: '⏳ Esperando para empezar · aún no se cobra nada',
    waitingBehind: (ahead) => `⏳ Esperando, ${ahead} por delante de ti · aún no se cobra nada`,
    gathering: (count) =>
      `🖼️ Recogiendo ${count === 1 ? 'tu imagen' : 'tus imágenes'} · aún no se cobra nada`,
    held: (what, when, until) => `${what} ${nothingCharged} Empieza solo ${when} (hasta ${until}).`,
    heldBy: {
      'service away': {
        what: '🔌 No se puede contactar con el servicio de video.',
        when: 'cuando vuelva',
      },
      'rate limit': { what: '⏳ El servicio de video está ocupado.', when: 'cuando haya sitio' },
      'service budget': {
        what: '🧾 El presupuesto de video del bot está agotado por ahora.',
        when: 'cuando vuelva a haber presupuesto',
      },
      'set up wrongly': { what: `${setUpWrongly}.`, when: 'cuando se arregle' },
      storage: {
        what: '💾 En pausa: el bot no tiene espacio de almacenamiento.',
        when: 'cuando haya sitio',
      },
      paused: { what: '⏸️ En pausa por un admin.', when: 'cuando termine la pausa' },
    },
    starting: '🎬 Empezando',
    stopping: (price) => `✋ Deteniendo. El servicio aún puede cobrarlo (${price}).`,
    generating: (expected) => `🎬 En proceso, se espera ${expected}`,
    generatingBusy:
      '🔌 En proceso, pero el servicio de video está ocupado en este momento. El bot sigue preguntando.',
    generatingUnseen:
      '🔌 En proceso, pero ahora mismo no se puede preguntar por él al servicio de video. El bot sigue preguntando.',
    onItsWay: '📥 Hecho, va en camino',
    fetching: (why) =>
      `📥 Hecho. Todavía no se puede recoger: ${why}. Se vuelve a intentar por sí solo.`,
    fetchingWhy: {
      'service away': 'el servicio de video no está disponible',
      'rate limit': 'el servicio de video está ocupado',
      'service budget': 'el presupuesto de video del bot está agotado',
      'set up wrongly': 'el bot está mal configurado para esto; sus admins ya lo saben',
      storage: 'el bot no tiene espacio de almacenamiento',
      paused: 'en pausa por un admin',
      'file broken': 'lo que envía el servicio no es un video completo',
    },
    sentToDm: '📬 Te lo he enviado por mensaje directo.',
    postedAt: (link) => `📬 Publicado en un mensaje nuevo: ${link}`,
    yourVideoIsReady: (member) => `📬 ${member}, tu video está listo.`,
    keptUntil: (until) => `Se guarda para ti hasta el ${until}`,
    notKept: 'Ya no se guarda',
    tooLarge: (size, kept, id) =>
      `📦 Hecho, pero ocupa ${size} y Discord no acepta aquí un archivo tan grande. ${kept} (video ${id}).`,
    shrinking: (size) =>
      `📦 Hecho, pero ocupa ${size} y Discord no acepta aquí un archivo tan grande. Se está haciendo más pequeño.`,
    madeOtherwise: (made, asked) =>
      `ℹ️ El servicio de vídeo hizo ${made} en lugar de ${asked}; el precio es el de lo que hizo.`,
    madeSmaller: (sizes, until) =>
      `📦 Reducido para que quepa aquí: ${sizes}. El original se guarda hasta el ${until}.`,
    madeSmallerWithLink: (sizes, until, link) =>
      `📦 Reducido para que quepa aquí: ${sizes}. El original se guarda hasta el ${until}: pulsa «${link}».`,
    canBeSmaller: (smaller) => `«${smaller}» hace una copia que cabe; se ve peor.`,
    canBeElsewhere:
      '`/videos` lo lleva a un lugar que acepta archivos más grandes, como un servidor con mejoras.',
    canBeLinked: (link) => `Con «${link}» puedes verlo fuera de Discord.`,
    unreachable: (kept, showResult) =>
      `📦 Hecho, pero no se pudo publicar. ${kept}: pulsa «${showResult}».`,
    unreachableGone: (notKept) => `📦 Hecho, pero no se pudo publicar. ${notKept}.`,
    removed: (kept) => `📦 Hecho, pero su mensaje se borró, así que no se publicó. ${kept}.`,
    copyTooLarge: (kept) =>
      `📦 Discord no acepta aquí un archivo tan grande. ${kept}: prueba \`/videos\` en otro lugar o en un mensaje directo con el bot.`,
    copyNotPosted: (kept) =>
      `📦 No se pudo publicar aquí ahora. ${kept}: prueba \`/videos\` otra vez dentro de un minuto.`,
    unconfirmed: (charge) =>
      `⚠️ La respuesta a esta petición se perdió. ${charge} No se vuelve a enviar por sí sola.`,
    itsSuccessor: (model, price) => `Su sucesor es ${model}, ${price} por lo mismo.`,
    ended: (happened) => `${happened}.`,
    endedSaying: (happened, said) => `${happened}: «${said}»`,
    stillPosted: 'Si se termina más tarde, se publicará igualmente.',
    adminCanLook: (id) => `Un admin puede mirarlo: video ${id}.`,
    failed: {
      declined: '🚫 El modelo lo ha rechazado',
      'not accepted': '🚫 El servicio de video no aceptó esta petición',
      'model gone': '💤 Este modelo se ha retirado',
      'set up wrongly': setUpWrongly,
      'service budget': '🧾 El presupuesto de video del bot está agotado',
      'clip gone': '⌛ Ya no se guarda el video del que este debía salir',
      'failed at the service': '⚠️ El servicio de video no pudo hacerlo',
      'gone at the service': '⚠️ El servicio de video ya no conoce este video',
      'not understood':
        '⚠️ El servicio dice que está hecho, pero en su respuesta no hay ningún video',
      overdue: '⌛ El servicio de video no terminó a tiempo',
      'file lost': '⚠️ Se hizo, pero su archivo se perdió antes de poder publicarse',
      'unreadable file':
        '⚠️ Se hizo, pero el archivo que envía el servicio no es un video que el bot pueda leer',
    },
    advice: {
      declined: 'Dilo de otra forma y prueba otra vez.',
      'not accepted': 'Dilo de otra forma o elige otros ajustes.',
      'model gone': 'Elige otro con `/veo`.',
      'set up wrongly': 'Prueba más tarde.',
      'service budget': 'Prueba más tarde.',
      'clip gone': anew,
      'failed at the service': 'Prueba otra vez.',
      'gone at the service': null,
      'not understood': null,
      overdue: null,
      'file lost': null,
      'unreadable file': null,
    },
    cancelledBefore: (charge) => `✋ Cancelado antes de empezar. ${charge}`,
    cancelled: (charge) => `✋ Cancelado. ${charge}`,
    cancelledByAdmin: (charge) => `✋ Cancelado por un admin. ${charge}`,
    notStarted: (charge) => `✋ No empezó. ${charge}`,
    waitedTooLong: (charge) => `⌛ No pudo empezar a tiempo. ${charge} Prueba más tarde.`,
    pictureGone: (charge) =>
      `🖼️ La imagen ya no se puede obtener de Discord. ${charge} Envíala otra vez.`,
    pictureTooLarge: (charge) =>
      `🖼️ La imagen es demasiado grande para usarla. ${charge} Envía una más pequeña.`,
    noPicture: (charge) =>
      `🖼️ El archivo no es una imagen legible. ${charge} Envía un PNG, JPEG, WebP o GIF.`,
    pictureKind: (model, charge) =>
      `🖼️ ${model} no acepta este tipo de imagen. ${charge} Envía un PNG, JPEG, WebP o GIF.`,
  },

  refusal: {
    emptyPrompt: `En este prompt no hay nada que ver: di con palabras qué debe mostrar el video. ${nothingCharged}`,
    promptTooLong: (chars, most) =>
      `Este prompt tiene ${chars} caracteres; como máximo caben ${most}. ${nothingCharged} Acórtalo y envíalo otra vez.`,
    noModels: `Ahora mismo no se puede usar aquí ningún modelo de video; un admin del bot tiene que mirarlo. ${nothingCharged} Prueba más tarde.`,
    blocked: {
      'member here': `🚫 Los admins de este servidor no te dejan hacer videos aquí. ${nothingCharged} Pregúntales por qué; lo que hiciste sigue en /videos.`,
      member: `🚫 Los admins de este bot no te dejan hacer videos. ${nothingCharged} Pregúntales por qué; lo que hiciste sigue en /videos.`,
      server: `🚫 Los admins de este bot no hacen videos en este servidor. ${nothingCharged} Pregúntales por qué, o usa el bot en otro sitio.`,
    },
    refusedWords: `🚫 Las reglas de aquí no permiten algo de este prompt. ${nothingCharged} Dilo de otra manera.`,
    notAgeRestricted: `🔞 En este servidor los videos solo se hacen en canales con restricción de edad. ${nothingCharged} Pídelo allí.`,
    modelOff: (model, models) => `${model} no se ofrece aquí. ${nothingCharged} Elige ${models}.`,
    unknownModel: (asked, models) =>
      `Aquí ya no existe el modelo «${asked}». ${nothingCharged} Elige ${models}.`,
    notMade: (asked, model, makes) =>
      `«${asked}» no va con ${model}: hace ${makes}. ${nothingCharged}`,
    needsSeconds: (resolution, seconds, model) =>
      `${resolution} necesita ${seconds} s con ${model}. ${nothingCharged}`,
    noDraft: (resolution, model) =>
      `Con ${model} nada es más barato que ${resolution}, así que un borrador no sirve de nada. ${nothingCharged}`,
    dearer: (price, shown) =>
      `Esto cuesta ya ${price}, no ${shown}. Aún no se cobra nada: pulsa otra vez si lo quieres por ese precio.`,
    cannotChange: {
      edit: (model) =>
        `${model} no puede cambiar este video: ${retired}. ${nothingCharged} ${anew}`,
      extend: (model) =>
        `${model} no puede alargar este video: ${retired}. ${nothingCharged} ${anew}`,
      upscale: (model) =>
        `${model} no puede ampliar este video: ${retired}. ${nothingCharged} ${anew}`,
    },
    clipTooLong: {
      edit: (seconds, model, most) =>
        `Este video dura ${seconds} s; ${model} puede cambiar uno de ${most} s como máximo. ${nothingCharged} ${anew}`,
      extend: (seconds, model, most) =>
        `Este video dura ${seconds} s; ${model} puede alargar uno de ${most} s como máximo. ${nothingCharged} ${anew}`,
      upscale: (seconds, model, most) =>
        `Este video dura ${seconds} s; ${model} puede ampliar uno de ${most} s como máximo. ${nothingCharged} ${anew}`,
    },
    clipForgotten: `Los datos de ese video se borraron aquí: ya no se puede hacer nada con él. ${nothingCharged} ${anew}`,
    clipTooOld: {
      edit: (kept) =>
        `El servicio guarda un video ${kept}, y este es más antiguo: ya no se puede cambiar. ${nothingCharged} ${anew}`,
      extend: (kept) =>
        `El servicio guarda un video ${kept}, y este es más antiguo: ya no se puede alargar. ${nothingCharged} ${anew}`,
      upscale: (kept) =>
        `El servicio guarda un video ${kept}, y este es más antiguo: ya no se puede ampliar. ${nothingCharged} ${anew}`,
    },
    keptLessThanADay: 'menos de un día',
    keptDays: (days) => (days === 1 ? 'un día' : `${days} días`),
    noSuchPictures: {
      'first frame': (model) =>
        `Una primera imagen no va con ${model}. ${nothingCharged} Quítala o elige otro modelo.`,
      'last frame': (model) =>
        `Una última imagen no va con ${model}. ${nothingCharged} Quítala o elige otro modelo.`,
      reference: (model) =>
        `Una imagen de referencia no va con ${model}. ${nothingCharged} Quítala o elige otro modelo.`,
    },
    lastFrameAlone: `Una última imagen solo va junto con una primera. ${nothingCharged} Añade una.`,
    framesAndReferences: (model) =>
      `Con ${model} las imágenes de referencia van sin primera ni última imagen. ${nothingCharged} Envía lo uno o lo otro.`,
    tooManyPictures: {
      any: (model, most) =>
        `${model} acepta como máximo ${pictures(most)}. ${nothingCharged} Quita alguna.`,
      'first frame': (model, most) =>
        `${model} acepta como máximo ${most} ${most === 1 ? 'primera imagen' : 'primeras imágenes'}. ${nothingCharged} Quita alguna.`,
      'last frame': (model, most) =>
        `${model} acepta como máximo ${most} ${most === 1 ? 'última imagen' : 'últimas imágenes'}. ${nothingCharged} Quita alguna.`,
      reference: (model, most) =>
        `${model} acepta como máximo ${pictures(most)} de referencia. ${nothingCharged} Quita alguna.`,
    },
    secondsForPictures: {
      'first frame': (seconds, model, asked) =>
        `Una primera imagen necesita ${seconds} s con ${model}, no ${asked} s. ${nothingCharged}`,
      'last frame': (seconds, model, asked) =>
        `Una última imagen necesita ${seconds} s con ${model}, no ${asked} s. ${nothingCharged}`,
      reference: (seconds, model, asked) =>
        `Una imagen de referencia necesita ${seconds} s con ${model}, no ${asked} s. ${nothingCharged}`,
    },
    pictureTooLarge: (size, most) =>
      `Esta imagen ocupa ${size}; como máximo caben ${most}. ${nothingCharged} Envía una más pequeña.`,
    confirm: (price) => `Esto cuesta ${price}. Aún no se cobra nada: pulsa otra vez para hacerlo.`,
    stranger: {
      limit: (said) =>
        `${said} Este límite vale en mensajes directos y en servidores sin este bot; en un servidor donde esté quizá tengas más.`,
      none: `🚫 Este bot no hace videos en mensajes directos ni en servidores donde no está. ${nothingCharged} Pídelo en un servidor donde esté.`,
    },
    atOnce: {
      member: (open, most) =>
        `Tienes ${videos(open)} en espera o en proceso; como máximo caben ${most} a la vez. ${nothingCharged} Pide otra vez cuando termine uno.`,
      channel: (open, most) =>
        `En este canal hay ${videos(open)} en espera o en proceso; como máximo caben ${most} a la vez. ${nothingCharged} Pide otra vez cuando termine uno.`,
      server: (open, most) =>
        `En este servidor hay ${videos(open)} en espera o en proceso; como máximo caben ${most} a la vez. ${nothingCharged} Pide otra vez cuando termine uno.`,
      bot: () =>
        `El bot ya tiene todos los videos que acepta a la vez. ${nothingCharged} Pide otra vez dentro de unos minutos.`,
    },
    videosUsedUp: {
      day: (had, most, back) =>
        `Hoy has tenido ${videos(had)} (límite ${most}). ${nothingCharged} Vuelve a haber ${back}.`,
      month: (had, most, back) =>
        `Este mes has tenido ${videos(had)} (límite ${most}). ${nothingCharged} Vuelve a haber ${back}.`,
    },
    aboveLimit: {
      day: (price, most) =>
        `Esto cuesta ${price}, más que tu límite de ${most} al día. ${nothingCharged} Un video más corto o un modelo más barato puede caber.`,
      month: (price, most) =>
        `Esto cuesta ${price}, más que tu límite de ${most} al mes. ${nothingCharged} Un video más corto o un modelo más barato puede caber.`,
    },
    notEnoughLeft: {
      day: (left, most, price, back) =>
        `Hoy te quedan ${left} (límite ${most}) y esto cuesta ${price}. ${nothingCharged} Vuelve a haber ${back}.`,
      month: (left, most, price, back) =>
        `Este mes te quedan ${left} (límite ${most}) y esto cuesta ${price}. ${nothingCharged} Vuelve a haber ${back}.`,
    },
    usedUp: (what, back) => `🧾 ${what} se ha agotado. ${nothingCharged} Vuelve a haber ${back}.`,
    usedUpWhat: {
      channel: {
        money: {
          day: 'El presupuesto de video de este canal para hoy',
          month: 'El presupuesto de video de este canal para este mes',
        },
        videos: {
          day: 'El número de videos de este canal para hoy',
          month: 'El número de videos de este canal para este mes',
        },
      },
      server: {
        money: {
          day: 'El presupuesto de video de este servidor para hoy',
          month: 'El presupuesto de video de este servidor para este mes',
        },
        videos: {
          day: 'El número de videos de este servidor para hoy',
          month: 'El número de videos de este servidor para este mes',
        },
      },
      bot: {
        money: {
          day: 'El presupuesto de video del bot para hoy',
          month: 'El presupuesto de video del bot para este mes',
        },
        videos: {
          day: 'El número de videos del bot para hoy',
          month: 'El número de videos del bot para este mes',
        },
      },
    },
    closed: {
      paused: `⏸️ Un admin ha puesto en pausa los videos nuevos. ${nothingCharged} Prueba más tarde.`,
      storage: `🗄️ Los videos nuevos están en pausa: el bot no tiene sitio para guardarlos. Sus admins lo ven. ${nothingCharged} Prueba más tarde.`,
      'service budget': `🧾 El presupuesto de video del bot está agotado. Sus admins lo ven. ${nothingCharged} Prueba más tarde.`,
      'set up wrongly': `🛠️ El bot está mal configurado para esto; sus admins lo ven. ${nothingCharged} Prueba más tarde.`,
      'service away': `🔌 Ahora mismo no se puede contactar con el servicio de video. ${nothingCharged} Prueba dentro de unos minutos.`,
      'rate limit': `⏳ El servicio de video no acepta más en este momento. ${nothingCharged} Prueba dentro de unos minutos.`,
    },
  },

  answer: {
    stopping: (price) =>
      `✋ Se está pidiendo al servicio que pare. Aún puede cobrarlo (${price}); lo que resulte se leerá en el mensaje.`,
    cannotBeStopped:
      'Este video ya no se puede detener: el servicio que lo hace no admite cancelaciones. Sigue adelante; lo que cuesta está en el mensaje.',
    tooLateOnItsWay: `Demasiado tarde para cancelar: el video está hecho y va camino del mensaje. Lo que cuesta está en el mensaje.`,
    tooLateMade: `Demasiado tarde para cancelar: el video ya está hecho. Lo que cuesta está en el mensaje.`,
    nothingToCancel: 'Ya no hay nada que cancelar: ha terminado. En el mensaje pone si se cobró.',
    notYoursToCancel: `Solo quien pidió este video, o un admin del bot, puede cancelarlo. ${nothingCharged} Usa /veo para uno tuyo.`,
    forItsMemberAlone: `Este video es solo para quien lo pidió, y otros ven este mensaje. ${nothingCharged} Usa /videos: ahí lo ves en privado.`,
    notYoursToShow: `Solo quien pidió este video puede traerlo aquí. ${nothingCharged} Usa /veo para uno tuyo.`,
    notYoursToStart: `Solo quien escribió este prompt puede iniciarlo. ${nothingCharged} Usa /veo para uno tuyo.`,
    notYoursToDelete: `Solo quien pidió este video, o un admin del bot, puede borrarlo. ${nothingCharged} Si algo no está bien, denúncialo: en Aplicaciones, en el menú de su mensaje.`,
    stillBeingMade:
      'Este video aún está en proceso. Llega al mensaje por sí solo; si no, pulsa este botón otra vez cuando esté listo.',
    stillInTheMaking:
      '🎬 Este video aún está en proceso. Se publica por sí solo en cuanto esté listo.',
    deliveredAlready:
      'Este video ya se entregó: búscalo en este canal o en tus mensajes directos, o velo otra vez con /videos.',
    nothingToShowCancelled: `No hay ningún video que mostrar: se canceló. En el mensaje pone si se cobró. ${stays}`,
    nothingToShow: `No hay ningún video que mostrar. En el mensaje pone si se cobró. ${stays}`,
    onItsWay: '📥 Este video ya va camino de ti. No se cobra nada otra vez por él.',
    noLongerKept: `Este video ya no se guarda aquí, así que no se puede volver a mostrar. ${nothingCharged} ${stays}`,
    link: (link, until) =>
      `🔗 ${link}\nFunciona hasta el ${until}, para todos los que lo tengan. No se cobra nada por ello.`,
    noLinks: `Este bot ya no da enlaces; usa /videos para ver el video donde quepa. ${nothingCharged}`,
    notYoursToLink: `Este video es para una sola persona: solo ella, o un admin del bot, recibe un enlace. ${nothingCharged} Usa /veo para uno tuyo.`,
    notYoursToShrink: `Solo quien pidió este video, o un admin del bot, puede hacerlo más pequeño. ${nothingCharged} Usa /veo para uno tuyo.`,
    noSmaller: `No se puede hacer una versión reducida de este video. ${nothingCharged} Usa /videos para ver lo que se guarda de él.`,
    noPictureThere: (firstFrame) =>
      `En este mensaje no hay ninguna imagen que se pueda usar: solo vale lo enviado por el propio Discord. ${nothingCharged} Usa /veo y adjunta una como ${firstFrame}.`,
    noSuchVideo: `Este video ya no se conoce aquí. ${nothingCharged} ${stays}`,
    startedBefore:
      'Esta oferta ya se aceptó; su video tiene un mensaje propio. Nada se cobra dos veces. Usa /veo para otro.',
    noSuchDraft: `Esta oferta ha caducado. ${nothingCharged} Escribe tu prompt otra vez o usa /veo.`,
    oldForm: `Este formulario es de otra versión del bot, así que no se aceptó. ${nothingCharged} Usa /veo para hacer un video.`,
    oldButton: `Este botón es de otra versión del bot y ya no hace nada. ${nothingCharged} Usa /veo para hacer un video.`,
    unknownCommand: `Este comando ya no existe aquí. ${nothingCharged} Recarga Discord (Ctrl+R, o cierra y abre la app) y usa /veo.`,
    outdatedOptions: `Las opciones de este comando han cambiado. ${nothingCharged} Recarga Discord (Ctrl+R, o cierra y abre la app) y prueba otra vez.`,
    notUnderstood: `El bot no sabe qué hacer con esto. ${nothingCharged} Usa /veo para hacer un video.`,
    keptForLater:
      '💾 Tu petición está anotada, pero el bot no tiene espacio de almacenamiento. Aún no se cobra nada; empieza sola cuando haya sitio, no hace falta pedirla otra vez.',
    brokeWhileAsking:
      '🛠️ Algo ha fallado en el bot. Si en un minuto no aparece un mensaje con tu video, no se cobró nada y puedes probar otra vez.',
    brokeWhilePressing:
      '🛠️ Algo ha fallado en el bot al pulsar. Vale lo que pone en el mensaje; prueba otra vez dentro de un minuto.',
    brokeWhileReading: `🛠️ Algo ha fallado en el bot. ${nothingCharged} Escríbelo otra vez dentro de un minuto.`,
  },

  offer: {
    inThePicturesForm: 'en el formato de la imagen',
    makes: (price) =>
      `Esto hace un video por ${price}; no se cobra nada antes de que pulses el botón.`,
    changes: (price) =>
      `Esto cambia ese mismo video por ${price}; no se cobra nada antes de que pulses el botón.`,
    left: {
      day: (left) => `Hoy te quedan ${left}.`,
      month: (left) => `Este mes te quedan ${left}.`,
    },
    notThatVideo: 'Ese mismo video no se puede cambiar; esto es para uno nuevo en su lugar.',
    picturesMakeNew:
      'Con una imagen, esto es para un video nuevo. Para cambiar ese mismo video, respóndele solo con palabras.',
    chosenForNew:
      'El modelo, la duración, el formato y la nitidez que elegiste son para un video nuevo; lo que se hace de ese mismo conserva los suyos.',
    pricesChanged:
      'Los precios han cambiado desde que se abrió el formulario, así que no se inició nada.',
    nothingWritten:
      'Escribe qué debe mostrar el video, p. ej. «un zorro en la nieve». Entonces verás el precio, y no se cobra nada antes de que pulses el botón.',
    onlyFiles:
      'Aquí solo las palabras y las imágenes pueden convertirse en un video. Escribe qué debe mostrar; no se cobra nada antes de que pulses un botón.',
    promptForPicture: 'Da vida a esta imagen con movimiento natural y un sonido adecuado.',
    promptForPictures:
      'Muestra lo que hay en estas imágenes junto en una escena animada, con un sonido adecuado.',
  },

  deleting: {
    byMember: (charge) => `🗑️ Aquí había un video. Lo borró quien lo había pedido · ${charge}`,
    byAdmin: (charge) => `🗑️ Aquí había un video. Lo borró un admin del bot · ${charge}`,
    takenDown: (charge) => `🗑️ Aquí había un video. Lo retiró un admin · ${charge}`,
    really: (charge) =>
      `¿Borrar este video de su mensaje? En su coste no cambia nada: ${charge}. Queda en la lista de quien lo pidió (\`/videos\`), donde solo esa persona lo ve.`,
    done: (charge) =>
      `🗑️ El video se ha borrado de su mensaje. En su coste no cambia nada: ${charge}.`,
    archived: (deleteLabel) =>
      `El video no se ha borrado: este hilo está archivado y Discord no cambia nada en él. Escribe algo en el hilo para abrirlo de nuevo y pulsa «${deleteLabel}» otra vez.`,
    notDone: (deleteLabel) =>
      `El video no se pudo borrar desde aquí: el bot ya no alcanza su mensaje. Pulsa «${deleteLabel}» debajo otra vez, o borra el mensaje con el menú de Discord.`,
  },

  report: {
    title: 'Denunciar este video',
    reason: '¿Qué tiene de malo?',
    reasonHint: 'Puede quedar vacío. Los admins lo leen, con tu nombre.',
    toServer: `🚩 Denunciado: los admins de este servidor ya lo saben, con tu nombre. ${nothingCharged} No hay nada más que hacer.`,
    toBot: `🚩 Denunciado: los admins de este bot ya lo saben, con tu nombre. ${nothingCharged} No hay nada más que hacer.`,
    counted: (count) =>
      `🚩 Denunciado: ya son ${count} miembros, y los admins lo saben. ${nothingCharged} No hay nada más que hacer.`,
    before: `Ya denunciaste este video: los admins lo saben. ${nothingCharged} No hay nada más que hacer.`,
    tooMany: `Hubo muchas denuncias en una hora, así que esta no se tomó. ${nothingCharged} Inténtalo más tarde.`,
    notNow: `Discord no responde: no es seguro que tu denuncia haya llegado, y todavía no cuenta. ${nothingCharged} Inténtalo de nuevo en un minuto: los admins la leen solo una vez.`,
    nobody: `Este bot no tiene ningún admin a quien avisar, así que la denuncia no cuenta. ${nothingCharged} Díselo a quienes gestionan este lugar.`,
    noVideoThere: `En este mensaje no hay ningún video de este bot, así que no se denunció nada. ${nothingCharged} Elige el mensaje con el video.`,
  },

  forget: {
    asked:
      '**¿Borrar tus datos de aquí?** Esto no se puede deshacer.\n' +
      '**Se van** los videos que se guardan para ti, también los que te esperan; las imágenes que enviaste; tus prompts y lo que el servicio de video dijo de ellos.\n' +
      '**Queda** cuándo pediste, cuánto costó y tu ID de usuario, para las cuentas. Lo publicado queda en su canal: bórralo allí. Las copias de seguridad del bot pierden tus datos a medida que se reemplazan.\n' +
      'Lo que aún está en proceso sigue, y se olvida en la hora siguiente a su final; lo que tarda demasiado, unos dos días después de empezar.',
    nothing:
      '🗑️ Hecho. De lo que ha terminado no se guarda aquí ningún video, prompt ni imagen tuyos.',
    done: (keptVideos, jobs) =>
      `🗑️ Borrado: ${keptVideos === 1 ? '1 video guardado' : `${keptVideos} videos guardados`}, y las palabras e imágenes de ${requests(jobs)}.`,
    running: (count) =>
      count === 1
        ? '1 petición aún no ha terminado: sigue y se olvidará en la hora siguiente a su final; si tarda demasiado, unos dos días después de empezar.'
        : `${count} peticiones aún no han terminado: siguen y se olvidarán en la hora siguiente a su final; lo que tarda demasiado, unos dos días después de empezar.`,
    privacy: (url) => `Privacidad: ${url}`,
  },

  list: {
    waiting: (count) => `**Te esperan: ${count}**`,
    empty:
      'Todavía no tienes videos. Usa /veo para hacer uno, o escribe al bot por mensaje directo.',
    noOlder: 'No hay videos más antiguos.',
    left: (parts) => `Queda ${parts}`,
    leftIn: { day: (left) => `hoy: ${left}`, month: (left) => `este mes: ${left}` },
    ofMoney: (left, most) => `${left} de ${most}`,
    ofVideos: (left, most) => `${left} de ${most} videos`,
    waitingToStart: (price) => `esperando para empezar, aún no se cobra nada (${price})`,
    beingMade: (price) => `en proceso (${price})`,
    stopping: (price) => `deteniendo, aún se puede cobrar (${price})`,
    onItsWay: 'en camino',
    noLongerKept: 'ya no se guarda',
    answerLost: 'respuesta perdida',
    undelivered: {
      'too large': 'demasiado grande para ese lugar',
      unreachable: 'no se pudo publicar',
      'removed by requester': 'su mensaje se borró',
    },
    cancelled: {
      'by requester': 'cancelado',
      'by admin': 'cancelado',
      'never acknowledged': 'cancelado',
      'waited too long': 'no empezó a tiempo',
      'picture gone': 'imagen no encontrada',
      'picture too large': 'imagen demasiado grande',
      'no picture': 'imagen ilegible',
      'picture kind': 'imagen no aceptada',
    },
    failed: {
      declined: 'rechazado',
      'not accepted': 'no aceptado',
      'model gone': 'modelo retirado',
      'clip gone': 'ya no se guarda el video de origen',
      'set up wrongly': 'bot mal configurado',
      'service budget': 'presupuesto agotado',
      'failed at the service': 'no se pudo hacer',
      'gone at the service': 'perdido en el servicio',
      'not understood': 'sin video en la respuesta',
      overdue: 'no terminó a tiempo',
      'file lost': 'archivo perdido',
      'unreadable file': 'video ilegible',
    },
  },

  help: {
    first:
      '`/veo` hace un video con tus palabras y lo publica aquí cuando está listo. El precio figura en el mensaje antes de pagar nada.',
    noPrices: '**Precios** Ahora mismo no se puede usar ningún modelo de video.',
    prices: '**Precios**',
    price: (model, price, seconds, resolution) =>
      `${model} · ≈ ${price} por ${seconds} s en ${resolution}`,
    more: (count) => `y ${count} más en \`/veo\``,
    pictures: (animate) =>
      `**Imágenes** \`/veo\` acepta una primera y una última imagen e imágenes de lo que debe verse. «${animate}», en Aplicaciones del menú de un mensaje, hace un video con su imagen.`,
    report: (report) => `**Denunciar** «${report}», también en Aplicaciones, avisa a los admins.`,
    form: (draft, privately) =>
      `**Sin prompt**, \`/veo\` abre un formulario. \`${draft}\` hace primero un intento barato; \`${privately}\` te muestra el video solo a ti.`,
    buttons:
      '**Bajo un video** Repetirlo, cambiarlo, alargarlo o ampliarlo, cada cosa por el precio que indica y a cuenta de quien pulse. Borrar es para quien lo pidió y los admins del bot.',
    dm: '**En un mensaje directo** Escribe al bot qué debe mostrar el video, o envía una imagen. Responde con el precio; no se cobra nada antes de que pulses el botón. Responder a un video lo cambia.',
    list: '**Tus videos y límites** `/videos` lista lo que pediste, trae un video de vuelta y dice lo que te queda hoy y este mes.',
    charges:
      '**Cobros** Cada mensaje dice una de tres cosas: no cobrado, cobrado o quizá cobrado. Lo último significa que la respuesta del servicio se perdió tras preguntarle: puede haber hecho el video y haberlo cobrado. Nunca se le vuelve a preguntar automáticamente.',
    privacy:
      '**Privacidad** El bot guarda un tiempo tu ID de usuario, tus prompts, imágenes y videos, y envía prompts e imágenes al servicio de video. Un botón en `/videos` los borra.',
  },

  form: {
    newTitle: 'Nuevo video',
    changeTitle: 'Cambiar este video',
    prompt: 'Prompt',
    promptOfNew: '¿Qué debe verse y oírse?',
    promptOfClip: 'Qué debe cambiar, qué pasa después, o el video nuevo entero',
    picture: 'Imagen',
    pictures: 'Imágenes',
    picturesUse: 'Con una, el video empieza por ella; de varias, cada una se ve en él',
    picturesThere: (count) => `Ya hay ${pictures(count)}; las nuevas ocupan su lugar`,
    lastFrameThere: 'La última imagen ya está; la que envíes será la primera',
    how: 'Qué hacer',
    edit: (price) => `Cambiar este mismo video · ${price}`,
    extend: (seconds, price) => `Alargarlo ${seconds} s · ${price}`,
    anew: 'Hacer un video nuevo, como abajo',
    model: 'Modelo',
    modelOfNew: 'Modelo, de un video nuevo',
    length: 'Duración y formato',
    lengthOfNew: 'Duración y formato, de un video nuevo',
    quality: 'Nitidez',
    qualityOfNew: 'Nitidez, de un video nuevo',
    draft: 'Primero un borrador, un intento barato',
    perSecond: (price) => `${price} por segundo`,
    perSecondEach: (prices) => `por segundo: ${prices}`,
    secondsAndShape: (seconds, shape) => `${seconds} s, ${shape}`,
  },

  shape: { wide: 'ancho', tall: 'vertical', square: 'cuadrado' },

  command: {
    veo: 'Haz un video con tus palabras. El precio se muestra antes de pagar nada.',
    videos: 'Tus videos: mira uno otra vez y lo que te queda.',
    help: 'Qué hace este bot, cuánto cuesta un video y qué se guarda.',
    animate: 'Animar esta imagen',
    report: 'Denunciar video…',
    prompt: {
      name: 'prompt',
      description: '¿Qué debe verse y oírse? Sin él se abre un formulario.',
    },
    model: { name: 'modelo', description: 'Qué modelo lo hace' },
    duration: { name: 'duración', description: 'Cuánto dura el video' },
    aspect: { name: 'formato', description: 'Ancho, vertical o cuadrado' },
    resolution: { name: 'resolución', description: 'Lo nítido que es el video' },
    draft: {
      name: 'borrador',
      description: 'Primero un intento barato y poco nítido; completo con un botón',
    },
    private: { name: 'privado', description: 'Solo tú lo ves' },
    firstFrame: { name: 'primera_imagen', description: 'Una imagen con la que empieza el video' },
    lastFrame: {
      name: 'última_imagen',
      description: 'Una imagen con la que termina el video; necesita una primera',
    },
    reference: {
      name: (number) => `referencia_${number}`,
      description: 'Una imagen de alguien o algo que debe verse en él',
    },
    about: (price, seconds) => `≈ ${price} por ${seconds} s`,
  },
};
