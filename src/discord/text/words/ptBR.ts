/** Everything a member reads, in Brazilian Portuguese. See en.ts for what is put into each sentence. */
import type { Words } from '../words.ts';
import { joined } from './joined.ts';

const nothingCharged = 'Nada foi cobrado.';
const setUpWrongly = '🛠️ O bot está mal configurado para isso; os admins dele já sabem';
const retired = 'ele foi desativado aqui ou não faz isso';
const anew = 'Em vez disso, faça um novo.';
const stays = 'Use /veo para fazer um novo.';
const videos = (count: number) => (count === 1 ? '1 vídeo' : `${count} vídeos`);
const pictures = (count: number) => (count === 1 ? '1 imagem' : `${count} imagens`);
const requests = (count: number) => (count === 1 ? '1 pedido' : `${count} pedidos`);

export const ptBR: Words = {
  grammar: {
    count: (count) => count.toLocaleString('pt-BR'),
    either: (items) => joined(items, ', ', ' ou '),
    sentences: (sentences) => sentences.join(' '),
  },

  charge: {
    not: 'não cobrado',
    charged: (price) => `${price} cobrados`,
    maybe: (price) => `${price} talvez cobrados`,
    saidNot: 'Não cobrado.',
    saidCharged: (price) => `${price} cobrados.`,
    saidMaybe: (price) => `Talvez cobrado (${price}).`,
  },

  button: {
    cancel: 'Cancelar',
    show: 'Ver resultado',
    again: (price) => `Fazer de novo ${price}`,
    againBy: (model, price) => `Fazer com ${model} ${price}`,
    change: 'Alterar',
    full: (price) => `Fazer completo ${price}`,
    fullAnew: (price) => `Fazer um novo completo ${price}`,
    extend: (price) => `Estender ${price}`,
    upscale: (price) => `Ampliar ${price}`,
    delete: 'Apagar',
    smaller: 'Versão menor',
    link: 'Obter link',
    deleteNow: 'Apagar agora',
    make: (price) => `Fazer ${price}`,
    options: 'Opções',
    makeSeconds: (seconds, price) => `Fazer com ${seconds} s ${price}`,
    showNumber: (number) => `Ver ${number}`,
    newer: 'Mais novos',
    older: 'Mais antigos',
    forget: 'Apagar meus dados',
    forgetNow: 'Apagar tudo',
  },

  facts: {
    promptDeleted: 'prompt apagado',
    madeIn: (duration) => `feito em ${duration}`,
    fromPictures: (count) => `a partir de ${pictures(count)}`,
    draft: 'Rascunho',
    basis: { edit: 'Vídeo alterado', extend: 'Vídeo estendido', upscale: 'Vídeo ampliado' },
    altText: 'Vídeo',
    altTextOf: (prompt) => `Vídeo: ${prompt}`,
  },

  job: {
    waiting: '⏳ Esperando para começar · nada cobrado ainda',
    waitingBehind: (ahead) => `⏳ Esperando, ${ahead} na sua frente · nada cobrado ainda`,
    gathering: (count) =>
      `🖼️ Buscando ${count === 1 ? 'sua imagem' : 'suas imagens'} · nada cobrado ainda`,
    held: (what, when, until) => `${what} ${nothingCharged} Começa sozinho ${when} (até ${until}).`,
    heldBy: {
      'service away': {
        what: '🔌 O serviço de vídeo não está acessível.',
        when: 'quando ele voltar',
      },
      'rate limit': { what: '⏳ O serviço de vídeo está ocupado.', when: 'quando houver vaga' },
      'service budget': {
        what: '🧾 O orçamento de vídeo do bot acabou por enquanto.',
        when: 'quando houver orçamento de novo',
      },
      'set up wrongly': { what: `${setUpWrongly}.`, when: 'quando isso for resolvido' },
      storage: {
        what: '💾 Em pausa: o bot está sem espaço de armazenamento.',
        when: 'quando houver espaço',
      },
      paused: { what: '⏸️ Pausado por um admin.', when: 'quando a pausa acabar' },
    },
    starting: '🎬 Começando',
    stopping: (price) => `✋ Parando. O serviço ainda pode cobrar por ele (${price}).`,
    generating: (expected) => `🎬 Sendo feito, previsto ${expected}`,
    generatingBusy:
      '🔌 Sendo feito, mas o serviço de vídeo está ocupado no momento. O bot continua perguntando.',
    generatingUnseen:
      '🔌 Sendo feito, mas no momento não dá para perguntar por ele ao serviço de vídeo. O bot continua perguntando.',
    onItsWay: '📥 Pronto, a caminho',
    fetching: (why) =>
      `📥 Pronto. Ainda não pode ser buscado: ${why}. O bot tenta de novo sozinho.`,
    fetchingWhy: {
      'service away': 'o serviço de vídeo não está acessível',
      'rate limit': 'o serviço de vídeo está ocupado',
      'service budget': 'o orçamento de vídeo do bot acabou',
      'set up wrongly': 'o bot está mal configurado para isso; os admins dele já sabem',
      storage: 'o bot está sem espaço de armazenamento',
      paused: 'pausado por um admin',
      'file broken': 'o que o serviço envia não é um vídeo completo',
    },
    sentToDm: '📬 Enviado para você por mensagem direta.',
    postedAt: (link) => `📬 Publicado em uma nova mensagem: ${link}`,
    yourVideoIsReady: (member) => `📬 ${member}, seu vídeo está pronto.`,
    keptUntil: (until) => `Ele fica guardado para você até ${until}`,
    notKept: 'Ele não está mais guardado',
    tooLarge: (size, kept, id) =>
      `📦 Pronto, mas ele tem ${size} e o Discord não aceita um arquivo tão grande aqui. ${kept} (vídeo ${id}).`,
    shrinking: (size) =>
      `📦 Pronto, mas ele tem ${size} e o Discord não aceita um arquivo tão grande aqui. Ele está sendo reduzido.`,
    madeOtherwise: (made, asked) =>
      `ℹ️ O serviço de vídeo fez ${made} em vez de ${asked}; o preço é o do que ele fez.`,
    madeSmaller: (sizes, until) =>
      `📦 Reduzido para caber aqui: ${sizes}. O original fica guardado até ${until}.`,
    madeSmallerWithLink: (sizes, until, link) =>
      `📦 Reduzido para caber aqui: ${sizes}. O original fica guardado até ${until}: aperte “${link}”.`,
    canBeSmaller: (smaller) => `“${smaller}” faz uma cópia que cabe; a imagem fica pior.`,
    canBeElsewhere:
      '`/videos` leva-o a um lugar que aceita arquivos maiores, como um servidor com impulsos.',
    canBeLinked: (link) => `Com “${link}” você assiste fora do Discord.`,
    unreachable: (kept, showResult) =>
      `📦 Pronto, mas não pôde ser publicado. ${kept}: aperte “${showResult}”.`,
    unreachableGone: (notKept) => `📦 Pronto, mas não pôde ser publicado. ${notKept}.`,
    removed: (kept) =>
      `📦 Pronto, mas a mensagem dele foi apagada, então não foi publicado. ${kept}.`,
    copyTooLarge: (kept) =>
      `📦 O Discord não aceita um arquivo tão grande aqui. ${kept}: tente \`/videos\` em outro lugar ou em uma mensagem direta com o bot.`,
    copyNotPosted: (kept) =>
      `📦 Não foi possível publicar aqui agora. ${kept}: tente \`/videos\` de novo em um minuto.`,
    unconfirmed: (charge) =>
      `⚠️ A resposta a este pedido se perdeu. ${charge} Ele não é enviado de novo sozinho.`,
    itsSuccessor: (model, price) => `O sucessor é ${model}, ${price} pelo mesmo.`,
    ended: (happened) => `${happened}.`,
    endedSaying: (happened, said) => `${happened}: “${said}”`,
    stillPosted: 'Se ficar pronto mais tarde, ainda será publicado.',
    adminCanLook: (id) => `Um admin pode verificar: vídeo ${id}.`,
    failed: {
      declined: '🚫 O modelo recusou',
      'not accepted': '🚫 O serviço de vídeo não aceitou este pedido',
      'model gone': '💤 Este modelo foi desativado',
      'set up wrongly': setUpWrongly,
      'service budget': '🧾 O orçamento de vídeo do bot acabou',
      'clip gone': '⌛ O vídeo do qual este seria feito não está mais guardado',
      'failed at the service': '⚠️ O serviço de vídeo não conseguiu fazê-lo',
      'gone at the service': '⚠️ O serviço de vídeo não conhece mais este vídeo',
      'not understood': '⚠️ O serviço diz que está pronto, mas não há vídeo na resposta dele',
      overdue: '⌛ O serviço de vídeo não terminou a tempo',
      'file lost': '⚠️ Ele foi feito, mas o arquivo se perdeu antes de ser publicado',
      'unreadable file':
        '⚠️ Ele foi feito, mas o arquivo que o serviço envia não é um vídeo que o bot consiga ler',
    },
    advice: {
      declined: 'Diga de outro jeito e tente de novo.',
      'not accepted': 'Diga de outro jeito ou escolha outras opções.',
      'model gone': 'Escolha outro com `/veo`.',
      'set up wrongly': 'Tente de novo mais tarde.',
      'service budget': 'Tente de novo mais tarde.',
      'clip gone': anew,
      'failed at the service': 'Tente de novo.',
      'gone at the service': null,
      'not understood': null,
      overdue: null,
      'file lost': null,
      'unreadable file': null,
    },
    cancelledBefore: (charge) => `✋ Cancelado antes de começar. ${charge}`,
    cancelled: (charge) => `✋ Cancelado. ${charge}`,
    cancelledByAdmin: (charge) => `✋ Cancelado por um admin. ${charge}`,
    notStarted: (charge) => `✋ Não começou. ${charge}`,
    waitedTooLong: (charge) =>
      `⌛ Não foi possível começar a tempo. ${charge} Tente de novo mais tarde.`,
    pictureGone: (charge) =>
      `🖼️ A imagem não está mais disponível no Discord. ${charge} Envie de novo.`,
    pictureTooLarge: (charge) =>
      `🖼️ A imagem é grande demais para ser usada. ${charge} Envie uma menor.`,
    noPicture: (charge) =>
      `🖼️ O arquivo não é uma imagem legível. ${charge} Envie um PNG, JPEG, WebP ou GIF.`,
    pictureKind: (model, charge) =>
      `🖼️ ${model} não aceita esse tipo de imagem. ${charge} Envie um PNG, JPEG, WebP ou GIF.`,
  },

  refusal: {
    emptyPrompt: `Não há nada para ver neste prompt: diga em palavras o que o vídeo deve mostrar. ${nothingCharged}`,
    promptTooLong: (chars, most) =>
      `Este prompt tem ${chars} caracteres; cabem no máximo ${most}. ${nothingCharged} Encurte e envie de novo.`,
    noModels: `No momento nenhum modelo de vídeo pode ser usado aqui; um admin do bot precisa ver isso. ${nothingCharged} Tente de novo mais tarde.`,
    blocked: {
      'member here': `🚫 Os admins deste servidor não deixam você fazer vídeos aqui. ${nothingCharged} Pergunte o motivo a eles; o que você fez continua em /videos.`,
      member: `🚫 Os admins deste bot não deixam você fazer vídeos. ${nothingCharged} Pergunte o motivo a eles; o que você fez continua em /videos.`,
      server: `🚫 Os admins deste bot não fazem vídeos neste servidor. ${nothingCharged} Pergunte o motivo a eles ou use o bot em outro lugar.`,
    },
    refusedWords: `🚫 As regras daqui não permitem algo neste prompt. ${nothingCharged} Diga de outro jeito.`,
    notAgeRestricted: `🔞 Neste servidor os vídeos só são feitos em canais com restrição de idade. ${nothingCharged} Peça lá.`,
    modelOff: (model, models) =>
      `${model} não é oferecido aqui. ${nothingCharged} Escolha ${models}.`,
    unknownModel: (asked, models) =>
      `O modelo “${asked}” não existe mais aqui. ${nothingCharged} Escolha ${models}.`,
    notMade: (asked, model, makes) =>
      `“${asked}” não combina com ${model}: ele faz ${makes}. ${nothingCharged}`,
    needsSeconds: (resolution, seconds, model) =>
      `${resolution} precisa de ${seconds} s no ${model}. ${nothingCharged}`,
    noDraft: (resolution, model) =>
      `Nada é mais barato que ${resolution} no ${model}, então um rascunho não adianta. ${nothingCharged}`,
    dearer: (price, shown) =>
      `Isso agora custa ${price}, não ${shown}. Nada cobrado ainda: aperte mais uma vez se quiser por esse preço.`,
    cannotChange: {
      edit: (model) =>
        `${model} não pode alterar este vídeo: ${retired}. ${nothingCharged} ${anew}`,
      extend: (model) =>
        `${model} não pode estender este vídeo: ${retired}. ${nothingCharged} ${anew}`,
      upscale: (model) =>
        `${model} não pode ampliar este vídeo: ${retired}. ${nothingCharged} ${anew}`,
    },
    clipTooLong: {
      edit: (seconds, model, most) =>
        `Este vídeo tem ${seconds} s; ${model} pode alterar um de no máximo ${most} s. ${nothingCharged} ${anew}`,
      extend: (seconds, model, most) =>
        `Este vídeo tem ${seconds} s; ${model} pode estender um de no máximo ${most} s. ${nothingCharged} ${anew}`,
      upscale: (seconds, model, most) =>
        `Este vídeo tem ${seconds} s; ${model} pode ampliar um de no máximo ${most} s. ${nothingCharged} ${anew}`,
    },
    clipForgotten: `Os dados desse vídeo foram apagados aqui: nada mais pode ser feito com ele. ${nothingCharged} ${anew}`,
    clipTooOld: {
      edit: (kept) =>
        `O serviço guarda um vídeo ${kept}, e este é mais antigo: não pode mais ser alterado. ${nothingCharged} ${anew}`,
      extend: (kept) =>
        `O serviço guarda um vídeo ${kept}, e este é mais antigo: não pode mais ser estendido. ${nothingCharged} ${anew}`,
      upscale: (kept) =>
        `O serviço guarda um vídeo ${kept}, e este é mais antigo: não pode mais ser ampliado. ${nothingCharged} ${anew}`,
    },
    keptLessThanADay: 'por menos de um dia',
    keptDays: (days) => (days === 1 ? 'por um dia' : `por ${days} dias`),
    noSuchPictures: {
      'first frame': (model) =>
        `Uma primeira imagem não combina com ${model}. ${nothingCharged} Deixe de fora ou escolha outro modelo.`,
      'last frame': (model) =>
        `Uma última imagem não combina com ${model}. ${nothingCharged} Deixe de fora ou escolha outro modelo.`,
      reference: (model) =>
        `Uma imagem de referência não combina com ${model}. ${nothingCharged} Deixe de fora ou escolha outro modelo.`,
    },
    lastFrameAlone: `Uma última imagem só vai junto com uma primeira. ${nothingCharged} Adicione uma.`,
    framesAndReferences: (model) =>
      `No ${model}, imagens de referência vão sem primeira e última imagem. ${nothingCharged} Envie uma coisa ou outra.`,
    tooManyPictures: {
      any: (model, most) =>
        `${model} aceita no máximo ${pictures(most)}. ${nothingCharged} Deixe algumas de fora.`,
      'first frame': (model, most) =>
        `${model} aceita no máximo ${most} ${most === 1 ? 'primeira imagem' : 'primeiras imagens'}. ${nothingCharged} Deixe algumas de fora.`,
      'last frame': (model, most) =>
        `${model} aceita no máximo ${most} ${most === 1 ? 'última imagem' : 'últimas imagens'}. ${nothingCharged} Deixe algumas de fora.`,
      reference: (model, most) =>
        `${model} aceita no máximo ${pictures(most)} de referência. ${nothingCharged} Deixe algumas de fora.`,
    },
    secondsForPictures: {
      'first frame': (seconds, model, asked) =>
        `Uma primeira imagem precisa de ${seconds} s no ${model}, não ${asked} s. ${nothingCharged}`,
      'last frame': (seconds, model, asked) =>
        `Uma última imagem precisa de ${seconds} s no ${model}, não ${asked} s. ${nothingCharged}`,
      reference: (seconds, model, asked) =>
        `Uma imagem de referência precisa de ${seconds} s no ${model}, não ${asked} s. ${nothingCharged}`,
    },
    pictureTooLarge: (size, most) =>
      `Esta imagem tem ${size}; cabem no máximo ${most}. ${nothingCharged} Envie uma menor.`,
    confirm: (price) => `Isso custa ${price}. Nada cobrado ainda: aperte mais uma vez para fazer.`,
    stranger: {
      limit: (said) =>
        `${said} Este limite vale em mensagens diretas e em servidores sem este bot; em um servidor com ele talvez você tenha mais.`,
      none: `🚫 Este bot não faz vídeos em mensagens diretas nem em servidores onde não está. ${nothingCharged} Peça em um servidor com este bot.`,
    },
    atOnce: {
      member: (open, most) =>
        `Você tem ${videos(open)} esperando ou sendo feitos; cabem no máximo ${most} ao mesmo tempo. ${nothingCharged} Peça de novo quando um terminar.`,
      channel: (open, most) =>
        `Neste canal há ${videos(open)} esperando ou sendo feitos; cabem no máximo ${most} ao mesmo tempo. ${nothingCharged} Peça de novo quando um terminar.`,
      server: (open, most) =>
        `Neste servidor há ${videos(open)} esperando ou sendo feitos; cabem no máximo ${most} ao mesmo tempo. ${nothingCharged} Peça de novo quando um terminar.`,
      bot: () =>
        `O bot já tem todos os vídeos que aceita ao mesmo tempo. ${nothingCharged} Peça de novo em alguns minutos.`,
    },
    videosUsedUp: {
      day: (had, most, back) =>
        `Você já teve ${videos(had)} hoje (limite ${most}). ${nothingCharged} Volta ${back}.`,
      month: (had, most, back) =>
        `Você já teve ${videos(had)} este mês (limite ${most}). ${nothingCharged} Volta ${back}.`,
    },
    aboveLimit: {
      day: (price, most) =>
        `Isso custa ${price}, mais que o seu limite de ${most} por dia. ${nothingCharged} Um vídeo mais curto ou um modelo mais barato pode caber.`,
      month: (price, most) =>
        `Isso custa ${price}, mais que o seu limite de ${most} por mês. ${nothingCharged} Um vídeo mais curto ou um modelo mais barato pode caber.`,
    },
    notEnoughLeft: {
      day: (left, most, price, back) =>
        `Você ainda tem ${left} hoje (limite ${most}), isso custa ${price}. ${nothingCharged} Volta ${back}.`,
      month: (left, most, price, back) =>
        `Você ainda tem ${left} este mês (limite ${most}), isso custa ${price}. ${nothingCharged} Volta ${back}.`,
    },
    usedUp: (what, back) => `🧾 ${what} acabou. ${nothingCharged} Volta ${back}.`,
    usedUpWhat: {
      channel: {
        money: {
          day: 'O orçamento de vídeo deste canal para hoje',
          month: 'O orçamento de vídeo deste canal para este mês',
        },
        videos: {
          day: 'O número de vídeos deste canal para hoje',
          month: 'O número de vídeos deste canal para este mês',
        },
      },
      server: {
        money: {
          day: 'O orçamento de vídeo deste servidor para hoje',
          month: 'O orçamento de vídeo deste servidor para este mês',
        },
        videos: {
          day: 'O número de vídeos deste servidor para hoje',
          month: 'O número de vídeos deste servidor para este mês',
        },
      },
      bot: {
        money: {
          day: 'O orçamento de vídeo do bot para hoje',
          month: 'O orçamento de vídeo do bot para este mês',
        },
        videos: {
          day: 'O número de vídeos do bot para hoje',
          month: 'O número de vídeos do bot para este mês',
        },
      },
    },
    closed: {
      paused: `⏸️ Novos vídeos foram pausados por um admin. ${nothingCharged} Tente de novo mais tarde.`,
      storage: `🗄️ Novos vídeos estão em pausa: o bot não tem espaço para guardá-los. Os admins dele podem ver. ${nothingCharged} Tente de novo mais tarde.`,
      'service budget': `🧾 O orçamento de vídeo do bot acabou. Os admins dele podem ver. ${nothingCharged} Tente de novo mais tarde.`,
      'set up wrongly': `🛠️ O bot está mal configurado para isso; os admins dele podem ver. ${nothingCharged} Tente de novo mais tarde.`,
      'service away': `🔌 O serviço de vídeo não está acessível no momento. ${nothingCharged} Tente de novo em alguns minutos.`,
      'rate limit': `⏳ O serviço de vídeo não aceita mais nada no momento. ${nothingCharged} Tente de novo em alguns minutos.`,
    },
  },

  answer: {
    stopping: (price) =>
      `✋ O serviço está sendo avisado para parar. Ele ainda pode cobrar (${price}); o resultado vai aparecer na mensagem.`,
    cannotBeStopped:
      'Este vídeo não pode mais ser parado: o serviço que o faz não aceita cancelamento. Ele continua; o custo está na mensagem.',
    tooLateOnItsWay: `Tarde demais para cancelar: o vídeo está pronto e a caminho da mensagem. O custo está na mensagem.`,
    tooLateMade: `Tarde demais para cancelar: o vídeo já está pronto. O custo está na mensagem.`,
    nothingToCancel: 'Não há mais nada para cancelar: já terminou. A mensagem diz se foi cobrado.',
    notYoursToCancel: `Só quem pediu este vídeo, ou um admin do bot, pode cancelá-lo. ${nothingCharged} Use /veo para um seu.`,
    forItsMemberAlone: `Este vídeo é só para quem o pediu, e outras pessoas veem esta mensagem. ${nothingCharged} Use /videos: lá você o vê em particular.`,
    notYoursToShow: `Só quem pediu este vídeo pode trazê-lo para cá. ${nothingCharged} Use /veo para um seu.`,
    notYoursToStart: `Só quem escreveu este prompt pode iniciá-lo. ${nothingCharged} Use /veo para um seu.`,
    notYoursToDelete: `Só quem pediu este vídeo, ou um admin do bot, pode apagá-lo. ${nothingCharged} Se algo estiver errado, denuncie: em Apps no menu da mensagem dele.`,
    stillBeingMade:
      'Este vídeo ainda está sendo feito. Ele chega à mensagem sozinho; se não chegar, aperte este botão de novo quando estiver pronto.',
    stillInTheMaking:
      '🎬 Este vídeo ainda está sendo feito. Ele é publicado sozinho quando ficar pronto.',
    deliveredAlready:
      'Este vídeo já foi entregue: procure neste canal ou nas suas mensagens diretas, ou veja de novo com /videos.',
    nothingToShowCancelled: `Não há vídeo para mostrar: ele foi cancelado. A mensagem diz se foi cobrado. ${stays}`,
    nothingToShow: `Não há vídeo para mostrar. A mensagem diz se foi cobrado. ${stays}`,
    onItsWay: '📥 Este vídeo já está a caminho. Nada é cobrado de novo por ele.',
    noLongerKept: `Este vídeo não está mais guardado aqui e não pode ser mostrado de novo. ${nothingCharged} ${stays}`,
    link: (link, until) =>
      `🔗 ${link}\nFunciona até ${until}, para todos que o tiverem. Nada é cobrado por isso.`,
    noLinks: `Este bot não dá mais links; use /videos para ver o vídeo onde ele couber. ${nothingCharged}`,
    notYoursToLink: `Este vídeo é para uma só pessoa: só ela, ou um admin do bot, recebe um link. ${nothingCharged} Use /veo para um seu.`,
    notYoursToShrink: `Só quem pediu este vídeo, ou um admin do bot, pode reduzi-lo. ${nothingCharged} Use /veo para um seu.`,
    noSmaller: `Não é possível fazer uma versão menor deste vídeo. ${nothingCharged} Use /videos para ver o que está guardado dele.`,
    noPictureThere: (firstFrame) =>
      `Não há nesta mensagem uma imagem que possa ser usada: só vale o que foi enviado pelo próprio Discord. ${nothingCharged} Use /veo e anexe uma como ${firstFrame}.`,
    noSuchVideo: `Este vídeo não é mais conhecido aqui. ${nothingCharged} ${stays}`,
    startedBefore:
      'Esta oferta já foi aceita; o vídeo dela tem uma mensagem própria. Nada é cobrado duas vezes. Use /veo para outro.',
    noSuchDraft: `Esta oferta expirou. ${nothingCharged} Escreva seu prompt de novo ou use /veo.`,
    oldForm: `Este formulário é de outra versão do bot, então não foi aceito. ${nothingCharged} Use /veo para fazer um vídeo.`,
    oldButton: `Este botão é de outra versão do bot e não faz mais nada. ${nothingCharged} Use /veo para fazer um vídeo.`,
    unknownCommand: `Este comando não existe mais aqui. ${nothingCharged} Recarregue o Discord (Ctrl+R, ou feche e abra o app) e use /veo.`,
    outdatedOptions: `As opções deste comando mudaram. ${nothingCharged} Recarregue o Discord (Ctrl+R, ou feche e abra o app) e tente de novo.`,
    notUnderstood: `O bot não sabe o que fazer com isso. ${nothingCharged} Use /veo para fazer um vídeo.`,
    keptForLater:
      '💾 Seu pedido está anotado, mas o bot está sem espaço de armazenamento. Nada cobrado ainda; ele começa sozinho quando houver espaço, não precisa pedir de novo.',
    brokeWhileAsking:
      '🛠️ Algo deu errado no bot. Se uma mensagem com seu vídeo não aparecer em um minuto, nada foi cobrado e você pode tentar de novo.',
    brokeWhilePressing:
      '🛠️ Algo deu errado no bot ao apertar o botão. Vale o que está na mensagem; tente de novo em um minuto.',
    brokeWhileReading: `🛠️ Algo deu errado no bot. ${nothingCharged} Escreva de novo em um minuto.`,
  },

  offer: {
    inThePicturesForm: 'no formato da imagem',
    makes: (price) =>
      `Isso faz um vídeo por ${price}; nada é cobrado antes de você apertar o botão.`,
    changes: (price) =>
      `Isso altera esse mesmo vídeo por ${price}; nada é cobrado antes de você apertar o botão.`,
    left: {
      day: (left) => `Você ainda tem ${left} hoje.`,
      month: (left) => `Você ainda tem ${left} este mês.`,
    },
    notThatVideo: 'Aquele vídeo em si não pode ser alterado; isto é para um novo no lugar dele.',
    picturesMakeNew:
      'Com uma imagem, isto é para um vídeo novo. Para alterar aquele mesmo vídeo, responda a ele só com palavras.',
    chosenForNew:
      'O modelo, a duração, o formato e a nitidez que você escolheu são para um vídeo novo; o que é feito daquele mesmo mantém os dele.',
    pricesChanged: 'Os preços mudaram desde que o formulário foi aberto, então nada foi iniciado.',
    nothingWritten:
      'Escreva o que o vídeo deve mostrar, p. ex. “uma raposa na neve”. Aí você vê o preço, e nada é cobrado antes de você apertar o botão.',
    onlyFiles:
      'Aqui só palavras e imagens podem virar um vídeo. Escreva o que ele deve mostrar; nada é cobrado antes de você apertar um botão.',
    promptForPicture: 'Dê vida a esta imagem com movimento natural e som adequado.',
    promptForPictures:
      'Mostre o que está nestas imagens junto em uma cena animada, com som adequado.',
  },

  deleting: {
    byMember: (charge) => `🗑️ Havia um vídeo aqui. Foi apagado por quem o pediu · ${charge}`,
    byAdmin: (charge) => `🗑️ Havia um vídeo aqui. Foi apagado por um admin do bot · ${charge}`,
    takenDown: (charge) => `🗑️ Havia um vídeo aqui. Foi retirado por um admin · ${charge}`,
    really: (charge) =>
      `Apagar este vídeo da mensagem dele? Nada muda no custo: ${charge}. Ele continua na lista de quem o pediu (\`/videos\`), onde só essa pessoa o vê.`,
    done: (charge) => `🗑️ O vídeo foi apagado da mensagem. Nada muda no custo: ${charge}.`,
    archived: (deleteLabel) =>
      `O vídeo não foi apagado: este tópico está arquivado, e o Discord não muda nada nele. Escreva algo no tópico para abri-lo de novo e aperte “${deleteLabel}” mais uma vez.`,
    notDone: (deleteLabel) =>
      `O vídeo não pôde ser apagado daqui: o bot não alcança mais a mensagem dele. Aperte “${deleteLabel}” embaixo dele mais uma vez, ou apague a mensagem pelo menu do Discord.`,
  },

  report: {
    title: 'Denunciar este vídeo',
    reason: 'O que há de errado com ele?',
    reasonHint: 'Pode ficar vazio. Os admins leem, com o seu nome.',
    toServer: `🚩 Denunciado: os admins deste servidor já sabem, com o seu nome. ${nothingCharged} Não há mais nada a fazer.`,
    toBot: `🚩 Denunciado: os admins deste bot já sabem, com o seu nome. ${nothingCharged} Não há mais nada a fazer.`,
    counted: (count) =>
      `🚩 Denunciado: já são ${count} membros, e os admins sabem disso. ${nothingCharged} Não há mais nada a fazer.`,
    before: `Você já denunciou este vídeo: os admins sabem disso. ${nothingCharged} Não há mais nada a fazer.`,
    tooMany: `Houve muitas denúncias em uma hora, por isso esta não foi aceita. ${nothingCharged} Tente mais tarde.`,
    notNow: `O Discord não responde: não é certo que a sua denúncia tenha chegado, e ela ainda não conta. ${nothingCharged} Tente de novo em um minuto: os admins a leem só uma vez.`,
    nobody: `Este bot não tem nenhum admin a quem avisar, por isso a denúncia não conta. ${nothingCharged} Avise quem gerencia este lugar.`,
    noVideoThere: `Não há vídeo deste bot nesta mensagem, então nada foi denunciado. ${nothingCharged} Escolha a mensagem com o vídeo.`,
  },

  forget: {
    asked:
      '**Apagar seus dados aqui?** Isso não pode ser desfeito.\n' +
      '**Saem** os vídeos guardados para você, também os que esperam por você; as imagens que você enviou; seus prompts e o que o serviço de vídeo disse sobre eles.\n' +
      '**Ficam** quando você pediu, quanto custou e seu ID de usuário, para as contas. O que foi publicado fica no canal: apague lá. Os backups do bot perdem seus dados conforme são substituídos.\n' +
      'O que ainda está sendo feito continua, e é esquecido até uma hora depois de terminar; o que demora demais, cerca de dois dias depois de começar.',
    nothing: '🗑️ Pronto. Do que já terminou, nenhum vídeo, prompt ou imagem seu está guardado aqui.',
    done: (keptVideos, jobs) =>
      `🗑️ Apagado: ${keptVideos === 1 ? '1 vídeo guardado' : `${keptVideos} vídeos guardados`}, e as palavras e imagens de ${requests(jobs)}.`,
    running: (count) =>
      count === 1
        ? '1 pedido ainda não terminou: ele continua e será esquecido até uma hora depois de terminar; se demorar demais, cerca de dois dias depois de começar.'
        : `${count} pedidos ainda não terminaram: eles continuam e serão esquecidos até uma hora depois de terminarem; o que demora demais, cerca de dois dias depois de começar.`,
    privacy: (url) => `Privacidade: ${url}`,
  },

  list: {
    waiting: (count) => `**Esperando por você: ${count}**`,
    empty:
      'Você ainda não tem vídeos. Use /veo para fazer um, ou escreva para o bot em uma mensagem direta.',
    noOlder: 'Não há vídeos mais antigos.',
    left: (parts) => `Resta ${parts}`,
    leftIn: { day: (left) => `hoje: ${left}`, month: (left) => `este mês: ${left}` },
    ofMoney: (left, most) => `${left} de ${most}`,
    ofVideos: (left, most) => `${left} de ${most} vídeos`,
    waitingToStart: (price) => `esperando para começar, nada cobrado ainda (${price})`,
    beingMade: (price) => `sendo feito (${price})`,
    stopping: (price) => `parando, ainda pode ser cobrado (${price})`,
    onItsWay: 'a caminho',
    noLongerKept: 'não guardado mais',
    answerLost: 'resposta perdida',
    undelivered: {
      'too large': 'grande demais para o lugar do pedido',
      unreachable: 'não pôde ser publicado',
      'removed by requester': 'a mensagem foi apagada',
    },
    cancelled: {
      'by requester': 'cancelado',
      'by admin': 'cancelado',
      'never acknowledged': 'cancelado',
      'waited too long': 'não começou a tempo',
      'picture gone': 'imagem não encontrada',
      'picture too large': 'imagem grande demais',
      'no picture': 'imagem ilegível',
      'picture kind': 'imagem não aceita',
    },
    failed: {
      declined: 'recusado',
      'not accepted': 'não aceito',
      'model gone': 'modelo desativado',
      'clip gone': 'o vídeo de origem não está mais guardado',
      'set up wrongly': 'bot mal configurado',
      'service budget': 'orçamento esgotado',
      'failed at the service': 'não pôde ser feito',
      'gone at the service': 'perdido no serviço',
      'not understood': 'sem vídeo na resposta',
      overdue: 'não terminou a tempo',
      'file lost': 'arquivo perdido',
      'unreadable file': 'vídeo ilegível',
    },
  },

  help: {
    first:
      '`/veo` faz um vídeo com suas palavras e o publica aqui quando fica pronto. O preço aparece na mensagem antes de qualquer pagamento.',
    noPrices: '**Preços** No momento nenhum modelo de vídeo pode ser usado.',
    prices: '**Preços**',
    price: (model, price, seconds, resolution) =>
      `${model} · ≈ ${price} por ${seconds} s em ${resolution}`,
    more: (count) => `e mais ${count} em \`/veo\``,
    pictures: (animate) =>
      `**Imagens** \`/veo\` aceita uma primeira e uma última imagem e imagens do que deve aparecer. “${animate}”, em Apps no menu de uma mensagem, faz um vídeo da imagem dela.`,
    report: (report) => `**Denunciar** “${report}”, também em Apps, avisa os admins.`,
    form: (draft, privately) =>
      `**Sem prompt**, \`/veo\` abre um formulário. \`${draft}\` faz primeiro um teste barato; \`${privately}\` mostra o vídeo só para você.`,
    buttons:
      '**Embaixo de um vídeo** Fazer de novo, alterar, estender ou ampliar, cada um pelo preço indicado, na conta de quem apertar. Apagar é para quem pediu e os admins do bot.',
    dm: '**Em uma mensagem direta** Escreva ao bot o que o vídeo deve mostrar, ou envie uma imagem. Ele responde com o preço; nada é cobrado antes de você apertar o botão. Responder a um vídeo o altera.',
    list: '**Seus vídeos e limites** `/videos` lista o que você pediu, traz um vídeo de volta e diz o que resta para você hoje e este mês.',
    charges:
      '**Cobranças** Cada mensagem diz uma de três coisas: não cobrado, cobrado ou talvez cobrado. A última significa que a resposta do serviço se perdeu depois da pergunta: ele pode ter feito o vídeo e cobrado por ele. Ele nunca é chamado de novo sozinho.',
    privacy:
      '**Privacidade** O bot guarda por um tempo seu ID de usuário, seus prompts, imagens e vídeos, e envia prompts e imagens ao serviço de vídeo. Um botão em `/videos` apaga tudo isso.',
  },

  form: {
    newTitle: 'Novo vídeo',
    changeTitle: 'Alterar este vídeo',
    prompt: 'Prompt',
    promptOfNew: 'O que deve ser visto e ouvido?',
    promptOfClip: 'O que deve mudar, o que acontece depois, ou o novo vídeo inteiro',
    picture: 'Imagem',
    pictures: 'Imagens',
    picturesUse: 'Com uma, o vídeo começa por ela; de várias, cada uma aparece nele',
    picturesThere: (count) => `Já há ${pictures(count)}; as novas tomam o lugar`,
    lastFrameThere: 'A última imagem já está aqui; a que você enviar será a primeira',
    how: 'O que fazer',
    edit: (price) => `Alterar este mesmo vídeo · ${price}`,
    extend: (seconds, price) => `Estender por ${seconds} s · ${price}`,
    anew: 'Fazer um novo vídeo, como abaixo',
    model: 'Modelo',
    modelOfNew: 'Modelo, de um novo vídeo',
    length: 'Duração e formato',
    lengthOfNew: 'Duração e formato, de um novo vídeo',
    quality: 'Nitidez',
    qualityOfNew: 'Nitidez, de um novo vídeo',
    draft: 'Primeiro um rascunho, um teste barato',
    perSecond: (price) => `${price} por segundo`,
    perSecondEach: (prices) => `por segundo: ${prices}`,
    secondsAndShape: (seconds, shape) => `${seconds} s, ${shape}`,
  },

  shape: { wide: 'largo', tall: 'vertical', square: 'quadrado' },

  command: {
    veo: 'Faça um vídeo com suas palavras. O preço aparece antes de qualquer pagamento.',
    videos: 'Seus vídeos: veja um de novo e o que resta para você.',
    help: 'O que este bot faz, quanto custa um vídeo e o que fica guardado.',
    animate: 'Animar esta imagem',
    report: 'Denunciar vídeo…',
    prompt: {
      name: 'prompt',
      description: 'O que deve ser visto e ouvido? Sem ele, abre um formulário.',
    },
    model: { name: 'modelo', description: 'Qual modelo o faz' },
    duration: { name: 'duração', description: 'Quanto tempo dura o vídeo' },
    aspect: { name: 'formato', description: 'Largo, vertical ou quadrado' },
    resolution: { name: 'resolução', description: 'A nitidez do vídeo' },
    draft: {
      name: 'rascunho',
      description: 'Primeiro um teste barato e pouco nítido; completo por um botão',
    },
    private: { name: 'privado', description: 'Só você vê' },
    firstFrame: { name: 'primeira_imagem', description: 'Uma imagem com que o vídeo começa' },
    lastFrame: {
      name: 'última_imagem',
      description: 'Uma imagem com que o vídeo termina; precisa de uma primeira',
    },
    reference: {
      name: (number) => `referência_${number}`,
      description: 'Uma imagem de alguém ou algo que deve aparecer nele',
    },
    about: (price, seconds) => `≈ ${price} por ${seconds} s`,
  },
};
