/** Everything a member reads, in Japanese. See en.ts for what is put into each sentence. */
import type { Words } from '../words.ts';

const nothingCharged = '課金されていません。';
const setUpWrongly = '🛠️ ボットの設定に誤りがあります。管理者には通知済みです';
const retired = 'ここでは提供が終了したか、この操作に対応していません';
const anew = '代わりに新しい動画を作ってください。';
const stays = '/veo で新しい動画を作れます。';

export const ja: Words = {
  grammar: {
    count: (count) => count.toLocaleString('ja-JP'),
    either: (items) => items.join('、'),
    sentences: (sentences) => sentences.join(''),
  },

  charge: {
    not: '課金されていません',
    charged: (price) => `${price} 課金されました`,
    maybe: (price) => `${price} 課金された可能性があります`,
    saidNot: '課金されていません。',
    saidCharged: (price) => `${price} が課金されました。`,
    saidMaybe: (price) => `課金された可能性があります（${price}）。`,
  },

  button: {
    cancel: 'キャンセル',
    show: '結果を表示',
    again: (price) => `もう一度 ${price}`,
    againBy: (model, price) => `${model} で作る ${price}`,
    change: '変更',
    full: (price) => `本番画質で作る ${price}`,
    fullAnew: (price) => `本番画質で新しく作る ${price}`,
    extend: (price) => `延長 ${price}`,
    upscale: (price) => `高画質化 ${price}`,
    delete: '削除',
    smaller: '小さい版',
    link: 'リンク',
    deleteNow: '削除する',
    make: (price) => `作成 ${price}`,
    options: 'オプション',
    makeSeconds: (seconds, price) => `${seconds} 秒で作成 ${price}`,
    showNumber: (number) => `${number} を表示`,
    newer: '新しい動画',
    older: '古い動画',
    forget: '自分のデータを削除',
    forgetNow: 'すべて削除する',
  },

  facts: {
    promptDeleted: 'プロンプトは削除されました',
    madeIn: (duration) => `作成時間 ${duration}`,
    fromPictures: (count) => `画像 ${count} 枚から`,
    draft: '下書き',
    basis: { edit: '変更した動画', extend: '延長した動画', upscale: '高画質化した動画' },
    altText: '動画',
    altTextOf: (prompt) => `動画: ${prompt}`,
  },

  job: {
    waiting: '⏳ 開始待ち · まだ課金されていません',
    waitingBehind: (ahead) => `⏳ 順番待ち、あと ${ahead} 件 · まだ課金されていません`,
    gathering: (count) => `🖼️ 画像を取得中（${count} 枚） · まだ課金されていません`,
    held: (what, when, until) =>
      `${what}${nothingCharged}${when}、自動で開始します（${until} まで）。`,
    heldBy: {
      'service away': { what: '🔌 動画サービスに接続できません。', when: '復旧したら' },
      'rate limit': { what: '⏳ 動画サービスが混み合っています。', when: '空きができたら' },
      'service budget': {
        what: '🧾 ボットの動画予算を今は使い切っています。',
        when: '予算が戻ったら',
      },
      'set up wrongly': { what: `${setUpWrongly}。`, when: '修正されたら' },
      storage: { what: '💾 一時停止中: ボットの保存容量がありません。', when: '空きができたら' },
      paused: { what: '⏸️ 管理者が一時停止しています。', when: '再開されたら' },
    },
    starting: '🎬 開始しています',
    stopping: (price) => `✋ 停止しています。サービスが課金する場合があります（${price}）。`,
    generating: (expected) => `🎬 作成中、完成予定 ${expected}`,
    generatingBusy: '🔌 作成中ですが、動画サービスが今混み合っています。ボットは確認を続けます。',
    generatingUnseen:
      '🔌 作成中ですが、今は動画サービスに状況を確認できません。ボットは確認を続けます。',
    onItsWay: '📥 完成しました。まもなく届きます',
    fetching: (why) => `📥 完成しました。まだ取得できません: ${why}。自動で再試行します。`,
    fetchingWhy: {
      'service away': '動画サービスに接続できません',
      'rate limit': '動画サービスが混み合っています',
      'service budget': 'ボットの動画予算を使い切っています',
      'set up wrongly': 'ボットの設定に誤りがあります。管理者には通知済みです',
      storage: 'ボットの保存容量がありません',
      paused: '管理者が一時停止しています',
      'file broken': 'サービスから届くものが完全な動画ではありません',
    },
    sentToDm: '📬 ダイレクトメッセージで送りました。',
    postedAt: (link) => `📬 新しいメッセージに投稿しました: ${link}`,
    yourVideoIsReady: (member) => `📬 ${member} さん、動画ができました。`,
    keptUntil: (until) => `${until} まで保管しています`,
    notKept: 'もう保管されていません',
    tooLarge: (size, kept, id) =>
      `📦 完成しましたが ${size} あり、ここでは Discord がその大きさのファイルを受け付けません。${kept}（動画 ${id}）。`,
    shrinking: (size) =>
      `📦 完成しましたが ${size} あり、ここでは Discord がその大きさのファイルを受け付けません。小さくしています。`,
    madeOtherwise: (made, asked) =>
      `ℹ️ 動画サービスが作ったのは ${asked} ではなく ${made} でした。料金は実際に作られたものに対するものです。`,
    madeSmaller: (sizes, until) =>
      `📦 ここに収まるように小さくしました（${sizes}）。元の動画は ${until} まで保管されます。`,
    madeSmallerWithLink: (sizes, until, link) =>
      `📦 ここに収まるように小さくしました（${sizes}）。元の動画は ${until} まで保管されます。「${link}」を押してください。`,
    canBeSmaller: (smaller) => `「${smaller}」で収まる複製を作れますが、画質は落ちます。`,
    canBeElsewhere:
      'ブーストされたサーバーなど、より大きなファイルを受け付ける場所なら `/videos` で出せます。',
    canBeLinked: (link) => `「${link}」で Discord の外でも見られます。`,
    unreachable: (kept, showResult) =>
      `📦 完成しましたが、投稿できませんでした。${kept}。「${showResult}」を押してください。`,
    unreachableGone: (notKept) => `📦 完成しましたが、投稿できませんでした。${notKept}。`,
    removed: (kept) =>
      `📦 完成しましたが、メッセージが削除されていたため投稿しませんでした。${kept}。`,
    copyTooLarge: (kept) =>
      `📦 ここでは Discord がその大きさのファイルを受け付けません。${kept}。別の場所か、ボットとのダイレクトメッセージで \`/videos\` を試してください。`,
    copyNotPosted: (kept) =>
      `📦 今はここに投稿できませんでした。${kept}。1 分後に \`/videos\` をもう一度試してください。`,
    unconfirmed: (charge) =>
      `⚠️ このリクエストへの応答が失われました。${charge}自動で再送されることはありません。`,
    itsSuccessor: (model, price) => `後継は ${model}、同じ内容で ${price} です。`,
    ended: (happened) => `${happened}。`,
    endedSaying: (happened, said) => `${happened}: 「${said}」`,
    stillPosted: 'あとで完成した場合は投稿されます。',
    adminCanLook: (id) => `管理者が調べられます: 動画 ${id}。`,
    failed: {
      declined: '🚫 モデルが拒否しました',
      'not accepted': '🚫 動画サービスがこのリクエストを受け付けませんでした',
      'model gone': '💤 このモデルは提供を終了しました',
      'set up wrongly': setUpWrongly,
      'service budget': '🧾 ボットの動画予算を使い切っています',
      'clip gone': '⌛ 元になる動画が、もう残っていません',
      'failed at the service': '⚠️ 動画サービスが作成できませんでした',
      'gone at the service': '⚠️ 動画サービスにこの動画がもうありません',
      'not understood': '⚠️ サービスは完成と言っていますが、応答に動画が見つかりません',
      overdue: '⌛ 動画サービスが時間内に終わりませんでした',
      'file lost': '⚠️ 作成されましたが、投稿前にファイルが失われました',
      'unreadable file': '⚠️ 作成されましたが、届いたファイルはボットが読める動画ではありません',
    },
    advice: {
      declined: '言い方を変えて、もう一度試してください。',
      'not accepted': '言い方を変えるか、別の設定を選んでください。',
      'model gone': '`/veo` で別のモデルを選んでください。',
      'set up wrongly': 'あとでもう一度試してください。',
      'service budget': 'あとでもう一度試してください。',
      'clip gone': anew,
      'failed at the service': 'もう一度試してください。',
      'gone at the service': null,
      'not understood': null,
      overdue: null,
      'file lost': null,
      'unreadable file': null,
    },
    cancelledBefore: (charge) => `✋ 開始前にキャンセルされました。${charge}`,
    cancelled: (charge) => `✋ キャンセルされました。${charge}`,
    cancelledByAdmin: (charge) => `✋ 管理者がキャンセルしました。${charge}`,
    notStarted: (charge) => `✋ 開始されませんでした。${charge}`,
    waitedTooLong: (charge) =>
      `⌛ 時間内に開始できませんでした。${charge}あとでもう一度試してください。`,
    pictureGone: (charge) =>
      `🖼️ 画像を Discord から取得できなくなりました。${charge}もう一度送ってください。`,
    pictureTooLarge: (charge) =>
      `🖼️ 画像が大きすぎて使えません。${charge}もっと小さいものを送ってください。`,
    noPicture: (charge) =>
      `🖼️ このファイルは読み取れる画像ではありません。${charge}PNG、JPEG、WebP、GIF を送ってください。`,
    pictureKind: (model, charge) =>
      `🖼️ ${model} はこの種類の画像に対応していません。${charge}PNG、JPEG、WebP、GIF を送ってください。`,
  },

  refusal: {
    emptyPrompt: `このプロンプトには映すものがありません。動画に何を映すか、言葉で書いてください。${nothingCharged}`,
    promptTooLong: (chars, most) =>
      `このプロンプトは ${chars} 文字あります。上限は ${most} 文字です。${nothingCharged}短くして送り直してください。`,
    noModels: `今ここで使える動画モデルがありません。ボットの管理者の確認が必要です。${nothingCharged}あとでもう一度試してください。`,
    blocked: {
      'member here': `🚫 このサーバーの管理者が、ここでのあなたの動画作成を止めています。${nothingCharged}理由は管理者に聞いてください。これまでの動画は /videos にあります。`,
      member: `🚫 このボットの管理者が、あなたの動画作成を止めています。${nothingCharged}理由は管理者に聞いてください。これまでの動画は /videos にあります。`,
      server: `🚫 このボットの管理者が、このサーバーでの動画作成を止めています。${nothingCharged}理由を管理者に聞くか、別の場所でボットを使ってください。`,
    },
    refusedWords: `🚫 このプロンプトには、ここのルールで認められていない内容があります。${nothingCharged}別の言い方にしてください。`,
    notAgeRestricted: `🔞 このサーバーでは、年齢制限付きのチャンネルでだけ動画を作れます。${nothingCharged}そちらで頼んでください。`,
    modelOff: (model, models) =>
      `${model} はここでは使えません。${nothingCharged}${models} から選んでください。`,
    unknownModel: (asked, models) =>
      `モデル「${asked}」はここにはもうありません。${nothingCharged}${models} から選んでください。`,
    notMade: (asked, model, makes) =>
      `「${asked}」は ${model} では作れません。作れるのは ${makes} です。${nothingCharged}`,
    needsSeconds: (resolution, seconds, model) =>
      `${model} で ${resolution} にするには ${seconds} 秒が必要です。${nothingCharged}`,
    noDraft: (resolution, model) =>
      `${model} では ${resolution} より安いものがないため、下書きの意味がありません。${nothingCharged}`,
    dearer: (price, shown) =>
      `今の料金は ${shown} ではなく ${price} です。まだ課金されていません。この料金でよければ、もう一度押してください。`,
    cannotChange: {
      edit: (model) => `${model} はこの動画を変更できません: ${retired}。${nothingCharged}${anew}`,
      extend: (model) =>
        `${model} はこの動画を延長できません: ${retired}。${nothingCharged}${anew}`,
      upscale: (model) =>
        `${model} はこの動画を高画質化できません: ${retired}。${nothingCharged}${anew}`,
    },
    clipTooLong: {
      edit: (seconds, model, most) =>
        `この動画は ${seconds} 秒です。${model} が変更できるのは ${most} 秒までです。${nothingCharged}${anew}`,
      extend: (seconds, model, most) =>
        `この動画は ${seconds} 秒です。${model} が延長できるのは ${most} 秒までです。${nothingCharged}${anew}`,
      upscale: (seconds, model, most) =>
        `この動画は ${seconds} 秒です。${model} が高画質化できるのは ${most} 秒までです。${nothingCharged}${anew}`,
    },
    clipForgotten: `その動画のデータはここから削除されたため、もう元の動画として使えません。${nothingCharged}${anew}`,
    clipTooOld: {
      edit: (kept) =>
        `動画サービスが動画を保存するのは${kept}で、これはそれより古いため、もう変更できません。${nothingCharged}${anew}`,
      extend: (kept) =>
        `動画サービスが動画を保存するのは${kept}で、これはそれより古いため、もう延長できません。${nothingCharged}${anew}`,
      upscale: (kept) =>
        `動画サービスが動画を保存するのは${kept}で、これはそれより古いため、もう高画質化できません。${nothingCharged}${anew}`,
    },
    keptLessThanADay: '1 日未満',
    keptDays: (days) => ` ${days} 日間`,
    noSuchPictures: {
      'first frame': (model) =>
        `${model} では最初の画像を使えません。${nothingCharged}外すか、別のモデルを選んでください。`,
      'last frame': (model) =>
        `${model} では最後の画像を使えません。${nothingCharged}外すか、別のモデルを選んでください。`,
      reference: (model) =>
        `${model} では参照画像を使えません。${nothingCharged}外すか、別のモデルを選んでください。`,
    },
    lastFrameAlone: `最後の画像は、最初の画像と一緒でないと使えません。${nothingCharged}最初の画像を追加してください。`,
    framesAndReferences: (model) =>
      `${model} では、参照画像は最初・最後の画像と一緒に使えません。${nothingCharged}どちらかだけを送ってください。`,
    tooManyPictures: {
      any: (model, most) =>
        `${model} で使える画像は ${most} 枚までです。${nothingCharged}減らしてください。`,
      'first frame': (model, most) =>
        `${model} で使える最初の画像は ${most} 枚までです。${nothingCharged}減らしてください。`,
      'last frame': (model, most) =>
        `${model} で使える最後の画像は ${most} 枚までです。${nothingCharged}減らしてください。`,
      reference: (model, most) =>
        `${model} で使える参照画像は ${most} 枚までです。${nothingCharged}減らしてください。`,
    },
    secondsForPictures: {
      'first frame': (seconds, model, asked) =>
        `${model} で最初の画像を使うには、${asked} 秒ではなく ${seconds} 秒が必要です。${nothingCharged}`,
      'last frame': (seconds, model, asked) =>
        `${model} で最後の画像を使うには、${asked} 秒ではなく ${seconds} 秒が必要です。${nothingCharged}`,
      reference: (seconds, model, asked) =>
        `${model} で参照画像を使うには、${asked} 秒ではなく ${seconds} 秒が必要です。${nothingCharged}`,
    },
    pictureTooLarge: (size, most) =>
      `この画像は ${size} です。上限は ${most} です。${nothingCharged}もっと小さいものを送ってください。`,
    confirm: (price) =>
      `料金は ${price} です。まだ課金されていません。作るにはもう一度押してください。`,
    stranger: {
      limit: (said) =>
        `${said}この上限は、ダイレクトメッセージと、このボットがいないサーバーでのものです。ボットがいるサーバーでは、もっと使えることがあります。`,
      none: `🚫 このボットは、ダイレクトメッセージや、ボットがいないサーバーでは動画を作りません。${nothingCharged}ボットがいるサーバーで頼んでください。`,
    },
    atOnce: {
      member: (open, most) =>
        `待機中または作成中の動画が ${open} 本あります。同時に頼めるのは ${most} 本までです。${nothingCharged}1 本終わったらもう一度頼んでください。`,
      channel: (open, most) =>
        `このチャンネルには待機中または作成中の動画が ${open} 本あります。同時に頼めるのは ${most} 本までです。${nothingCharged}1 本終わったらもう一度頼んでください。`,
      server: (open, most) =>
        `このサーバーには待機中または作成中の動画が ${open} 本あります。同時に頼めるのは ${most} 本までです。${nothingCharged}1 本終わったらもう一度頼んでください。`,
      bot: () =>
        `ボットが同時に受け付けられる動画はいっぱいです。${nothingCharged}数分後にもう一度頼んでください。`,
    },
    videosUsedUp: {
      day: (had, most, back) =>
        `今日はすでに動画を ${had} 本作りました（上限 ${most}）。${nothingCharged}再開は ${back} です。`,
      month: (had, most, back) =>
        `今月はすでに動画を ${had} 本作りました（上限 ${most}）。${nothingCharged}再開は ${back} です。`,
    },
    aboveLimit: {
      day: (price, most) =>
        `料金 ${price} は、1 日の上限 ${most} を超えています。${nothingCharged}短い動画か安いモデルなら収まるかもしれません。`,
      month: (price, most) =>
        `料金 ${price} は、1 か月の上限 ${most} を超えています。${nothingCharged}短い動画か安いモデルなら収まるかもしれません。`,
    },
    notEnoughLeft: {
      day: (left, most, price, back) =>
        `今日の残りは ${left}（上限 ${most}）で、料金は ${price} です。${nothingCharged}再開は ${back} です。`,
      month: (left, most, price, back) =>
        `今月の残りは ${left}（上限 ${most}）で、料金は ${price} です。${nothingCharged}再開は ${back} です。`,
    },
    usedUp: (what, back) => `🧾 ${what}を使い切りました。${nothingCharged}再開は ${back} です。`,
    usedUpWhat: {
      channel: {
        money: { day: 'このチャンネルの今日の動画予算', month: 'このチャンネルの今月の動画予算' },
        videos: { day: 'このチャンネルの今日の動画本数', month: 'このチャンネルの今月の動画本数' },
      },
      server: {
        money: { day: 'このサーバーの今日の動画予算', month: 'このサーバーの今月の動画予算' },
        videos: { day: 'このサーバーの今日の動画本数', month: 'このサーバーの今月の動画本数' },
      },
      bot: {
        money: { day: 'ボットの今日の動画予算', month: 'ボットの今月の動画予算' },
        videos: { day: 'ボットの今日の動画本数', month: 'ボットの今月の動画本数' },
      },
    },
    closed: {
      paused: `⏸️ 新しい動画は管理者が一時停止しています。${nothingCharged}あとでもう一度試してください。`,
      storage: `🗄️ 新しい動画は一時停止中です: ボットに保存する空きがありません。管理者も確認できます。${nothingCharged}あとでもう一度試してください。`,
      'service budget': `🧾 ボットの動画予算を使い切っています。管理者も確認できます。${nothingCharged}あとでもう一度試してください。`,
      'set up wrongly': `🛠️ ボットの設定に誤りがあります。管理者も確認できます。${nothingCharged}あとでもう一度試してください。`,
      'service away': `🔌 今は動画サービスに接続できません。${nothingCharged}数分後にもう一度試してください。`,
      'rate limit': `⏳ 動画サービスは今これ以上受け付けていません。${nothingCharged}数分後にもう一度試してください。`,
    },
  },

  answer: {
    stopping: (price) =>
      `✋ サービスに停止を依頼しています。それでも課金される場合があります（${price}）。結果はメッセージに表示されます。`,
    cannotBeStopped:
      'この動画はもう止められません。作成しているサービスがキャンセルに対応していないためです。作成は続き、料金はメッセージに表示されます。',
    tooLateOnItsWay: `キャンセルには遅すぎます。動画は完成し、メッセージに届くところです。料金はメッセージに表示されます。`,
    tooLateMade: `キャンセルには遅すぎます。動画はもう完成しています。料金はメッセージに表示されます。`,
    nothingToCancel:
      'もうキャンセルするものはありません。すでに終わっています。課金されたかどうかはメッセージに書かれています。',
    notYoursToCancel: `この動画をキャンセルできるのは、頼んだ本人かボットの管理者だけです。${nothingCharged}自分の動画は /veo で作れます。`,
    forItsMemberAlone: `この動画を見られるのは頼んだ本人だけで、このメッセージは他の人にも見えます。${nothingCharged}/videos を使うと自分だけに表示されます。`,
    notYoursToShow: `この動画をここに表示できるのは、頼んだ本人だけです。${nothingCharged}自分の動画は /veo で作れます。`,
    notYoursToStart: `このプロンプトを開始できるのは、書いた本人だけです。${nothingCharged}自分の動画は /veo で作れます。`,
    notYoursToDelete: `この動画を削除できるのは、頼んだ本人かボットの管理者だけです。${nothingCharged}問題がある場合は、メッセージのメニューの「アプリ」から通報してください。`,
    stillBeingMade:
      'この動画はまだ作成中です。自動でメッセージに届きます。届かない場合は、完成後にこのボタンをもう一度押してください。',
    stillInTheMaking: '🎬 この動画はまだ作成中です。完成したら自動で投稿されます。',
    deliveredAlready:
      'この動画はもう届いています。このチャンネルかダイレクトメッセージを探すか、/videos でもう一度表示してください。',
    nothingToShowCancelled: `表示する動画がありません。キャンセルされました。課金されたかどうかはメッセージに書かれています。${stays}`,
    nothingToShow: `表示する動画がありません。課金されたかどうかはメッセージに書かれています。${stays}`,
    onItsWay: '📥 この動画はもうすぐ届きます。二重に課金されることはありません。',
    noLongerKept: `この動画はもうここに保管されていないため、表示できません。${nothingCharged}${stays}`,
    link: (link, until) =>
      `🔗 ${link}\n${until} まで、このリンクを持つ人は誰でも見られます。これで課金されることはありません。`,
    noLinks: `このボットはもうリンクを発行していません。動画は収まる場所で /videos から見られます。${nothingCharged}`,
    notYoursToLink: `この動画は一人だけのもので、リンクを受け取れるのは本人かボットの管理者だけです。${nothingCharged}自分の動画は /veo で作れます。`,
    notYoursToShrink: `この動画を小さくできるのは、頼んだ本人かボットの管理者だけです。${nothingCharged}自分の動画は /veo で作れます。`,
    noSmaller: `この動画の小さい版は作れません。${nothingCharged}保管されているものは /videos で見られます。`,
    noPictureThere: (firstFrame) =>
      `このメッセージには使える画像がありません。Discord 自体で送られた画像だけが使えます。${nothingCharged}/veo で ${firstFrame} として添付してください。`,
    noSuchVideo: `この動画の記録はここにはもうありません。${nothingCharged}${stays}`,
    startedBefore:
      'この提案はすでに受け付け済みです。動画は別のメッセージにあります。二重に課金されることはありません。もう 1 本作るには /veo を使ってください。',
    noSuchDraft: `この提案は期限切れです。${nothingCharged}プロンプトをもう一度書くか、/veo を使ってください。`,
    oldForm: `このフォームは別のバージョンのボットのもので、受け付けられませんでした。${nothingCharged}/veo で動画を作れます。`,
    oldButton: `このボタンは別のバージョンのボットのもので、もう使えません。${nothingCharged}/veo で動画を作れます。`,
    unknownCommand: `このコマンドはここにはもうありません。${nothingCharged}Discord を再読み込み（Ctrl+R、またはアプリを開き直す）して /veo を使ってください。`,
    outdatedOptions: `このコマンドのオプションが変わりました。${nothingCharged}Discord を再読み込み（Ctrl+R、またはアプリを開き直す）して、もう一度試してください。`,
    notUnderstood: `ボットにはこれが理解できませんでした。${nothingCharged}/veo で動画を作れます。`,
    keptForLater:
      '💾 ご希望は記録しましたが、ボットの保存容量がありません。まだ課金されていません。空きができたら自動で開始するので、頼み直す必要はありません。',
    brokeWhileAsking:
      '🛠️ ボットで問題が起きました。1 分以内に動画のメッセージが現れなければ、課金はされていないので、もう一度試せます。',
    brokeWhilePressing:
      '🛠️ ボタンの処理中にボットで問題が起きました。メッセージに書かれている内容が有効です。1 分後にもう一度試してください。',
    brokeWhileReading: `🛠️ ボットで問題が起きました。${nothingCharged}1 分後にもう一度書いてください。`,
  },

  offer: {
    inThePicturesForm: '画像と同じ形',
    makes: (price) => `${price} で動画を作ります。ボタンを押すまで課金されません。`,
    changes: (price) => `${price} でこの動画そのものを変更します。ボタンを押すまで課金されません。`,
    left: {
      day: (left) => `今日の残りは ${left} です。`,
      month: (left) => `今月の残りは ${left} です。`,
    },
    notThatVideo: 'その動画自体は変更できません。代わりに新しい動画を作ります。',
    picturesMakeNew:
      '画像が付いているので、新しい動画を作ります。その動画自体を変更するには、文字だけで返信してください。',
    chosenForNew:
      '選んだモデル・長さ・形・画質は新しい動画のためのものです。その動画から作るものは、元のままになります。',
    pricesChanged: 'フォームを開いた後に料金が変わったため、何も開始していません。',
    nothingWritten:
      '動画に何を映すか書いてください。例:「雪の中のキツネ」。料金が表示され、ボタンを押すまで課金されません。',
    onlyFiles:
      'ここで動画にできるのは言葉と画像だけです。何を映すか書いてください。ボタンを押すまで課金されません。',
    promptForPicture: 'この画像に自然な動きと合った音をつけて、生き生きと動かしてください。',
    promptForPictures:
      'これらの画像に写っているものを、合った音とともに、ひとつの生き生きとした場面で見せてください。',
  },

  deleting: {
    byMember: (charge) => `🗑️ ここに動画がありました。頼んだ本人が削除しました · ${charge}`,
    byAdmin: (charge) => `🗑️ ここに動画がありました。ボットの管理者が削除しました · ${charge}`,
    takenDown: (charge) => `🗑️ ここに動画がありました。管理者が取り下げました · ${charge}`,
    really: (charge) =>
      `この動画をメッセージから削除しますか？料金は変わりません: ${charge}。頼んだ本人の一覧（\`/videos\`）には残り、本人だけが見られます。`,
    done: (charge) => `🗑️ 動画をメッセージから削除しました。料金は変わりません: ${charge}。`,
    archived: (deleteLabel) =>
      `動画は削除されませんでした。このスレッドはアーカイブされていて、Discord はその中を変更できません。スレッドに何か書いて開き直してから、もう一度「${deleteLabel}」を押してください。`,
    notDone: (deleteLabel) =>
      `ここからは動画を削除できませんでした。ボットがメッセージに届かなくなっています。下の「${deleteLabel}」をもう一度押すか、Discord のメニューでメッセージを削除してください。`,
  },

  report: {
    title: 'この動画を通報',
    reason: 'どこに問題がありますか？',
    reasonHint: '空のままでもかまいません。管理者があなたの名前とともに読みます。',
    toServer: `🚩 通報しました。このサーバーの管理者に、あなたの名前とともに伝わりました。${nothingCharged}ほかにすることはありません。`,
    toBot: `🚩 通報しました。このボットの管理者に、あなたの名前とともに伝わりました。${nothingCharged}ほかにすることはありません。`,
    counted: (count) =>
      `🚩 通報しました。あなたを含めて ${count} 人が通報し、管理者は知っています。${nothingCharged}ほかにすることはありません。`,
    before: `この動画はすでに通報済みで、管理者は知っています。${nothingCharged}ほかにすることはありません。`,
    tooMany: `一時間のうちに通報が多く寄せられたため、受け付けませんでした。${nothingCharged}後でもう一度お試しください。`,
    notNow: `Discord が応答しないため、通報が届いたかどうかわからず、まだ数えられていません。${nothingCharged}1 分後にもう一度お試しください。管理者が読むのは一度だけです。`,
    nobody: `このボットには伝えられる管理者がいないため、通報はなかったことになりました。${nothingCharged}この場所を管理している人に伝えてください。`,
    noVideoThere: `このメッセージにはこのボットの動画がないため、何も通報されませんでした。${nothingCharged}動画のあるメッセージを選んでください。`,
  },

  forget: {
    asked:
      '**ここにある自分のデータを削除しますか？** 元に戻せません。\n' +
      '**消えるもの**: 保管中の動画（受け取り待ちも含む）、送った画像、プロンプト、それに対する動画サービスの返答。\n' +
      '**残るもの**: 頼んだ日時、料金、ユーザー ID（会計のため）。投稿済みのものはチャンネルに残るので、そこで削除してください。ボットのバックアップからは、置き換えられるにつれて消えます。\n' +
      '作成中のものは続き、終わってから 1 時間以内に消去されます。時間がかかりすぎたものは、開始から約 2 日後に消去されます。',
    nothing:
      '🗑️ 完了しました。終了したものについて、あなたの動画・プロンプト・画像はここに保存されていません。',
    done: (keptVideos, jobs) =>
      `🗑️ 削除しました: 保管中の動画 ${keptVideos} 本と、リクエスト ${jobs} 件の言葉と画像。`,
    running: (count) =>
      `まだ終わっていないリクエストが ${count} 件あります。続行し、終わってから 1 時間以内に消去されます。時間がかかりすぎたものは、開始から約 2 日後に消去されます。`,
    privacy: (url) => `プライバシー: ${url}`,
  },

  list: {
    waiting: (count) => `**受け取り待ち: ${count}**`,
    empty: 'まだ動画がありません。/veo で作るか、ボットにダイレクトメッセージを書いてください。',
    noOlder: 'これより古い動画はありません。',
    left: (parts) => `残り ${parts}`,
    leftIn: { day: (left) => `今日: ${left}`, month: (left) => `今月: ${left}` },
    ofMoney: (left, most) => `${left} / ${most}`,
    ofVideos: (left, most) => `${left} / ${most} 本`,
    waitingToStart: (price) => `開始待ち、まだ課金されていません（${price}）`,
    beingMade: (price) => `作成中（${price}）`,
    stopping: (price) => `停止中、課金される場合あり（${price}）`,
    onItsWay: 'まもなく到着',
    noLongerKept: '保管終了',
    answerLost: '応答が失われた',
    undelivered: {
      'too large': '頼んだ場所には大きすぎる',
      unreachable: '投稿できなかった',
      'removed by requester': 'メッセージが削除された',
    },
    cancelled: {
      'by requester': 'キャンセル',
      'by admin': 'キャンセル',
      'never acknowledged': 'キャンセル',
      'waited too long': '時間内に開始できず',
      'picture gone': '画像が見つからない',
      'picture too large': '画像が大きすぎる',
      'no picture': '画像を読めない',
      'picture kind': '画像に対応していない',
    },
    failed: {
      declined: '拒否された',
      'not accepted': '受け付けられず',
      'model gone': 'モデル終了',
      'clip gone': '元の動画がもうない',
      'set up wrongly': 'ボットの設定ミス',
      'service budget': '予算切れ',
      'failed at the service': '作成できず',
      'gone at the service': 'サービスで失われた',
      'not understood': '応答に動画がない',
      overdue: '時間内に終わらず',
      'file lost': 'ファイルが失われた',
      'unreadable file': '読めない動画',
    },
  },

  help: {
    first:
      '`/veo` は言葉から動画を作り、できあがったらここに投稿します。支払いの前に料金がメッセージに表示されます。',
    noPrices: '**料金** 今使える動画モデルがありません。',
    prices: '**料金**',
    price: (model, price, seconds, resolution) =>
      `${model} · ≈ ${price}（${seconds} 秒、${resolution}）`,
    more: (count) => `ほか ${count} 件は \`/veo\` で`,
    pictures: (animate) =>
      `**画像** \`/veo\` では最初と最後の画像、登場させたいものの画像を使えます。メッセージのメニューの「アプリ」にある「${animate}」は、その画像から動画を作ります。`,
    report: (report) => `**通報**: 同じ「アプリ」の「${report}」で、管理者に伝わります。`,
    form: (draft, privately) =>
      `**プロンプトなし**の \`/veo\` はフォームを開きます。\`${draft}\` はまず安く試し、\`${privately}\` は動画を自分だけに表示します。`,
    buttons:
      '**動画の下**では、もう一度作る・変更・延長・高画質化が、表示の料金で、押した人の枠からできます。削除は頼んだ本人とボットの管理者だけです。',
    dm: '**ダイレクトメッセージ**で、動画に映すものを書くか画像を送ると、料金が返ってきます。ボタンを押すまで課金されません。動画に返信すると、その動画の変更になります。',
    list: '**自分の動画と上限** `/videos` は頼んだものを一覧し、動画をもう一度出し、今日と今月の残りを表示します。',
    charges:
      '**課金** どのメッセージにも次のどれかが書かれます: 「課金されていません」「課金されました」「課金された可能性があります」。最後のものは、依頼後に動画サービスの応答が失われたという意味です。動画が作られ課金されたかもしれません。自動で再依頼することはありません。',
    privacy:
      '**プライバシー** ボットはユーザー ID、プロンプト、画像、動画をしばらく保管し、プロンプトと画像を動画サービスに送ります。`/videos` のボタンで削除できます。',
  },

  form: {
    newTitle: '新しい動画',
    changeTitle: 'この動画を変更',
    prompt: 'プロンプト',
    promptOfNew: '何が見えて、何が聞こえますか？',
    promptOfClip: '何を変えるか、次に何が起こるか、または新しい動画の全体',
    picture: '画像',
    pictures: '画像',
    picturesUse: '1 枚なら動画の始まりに、複数ならそれぞれが登場します',
    picturesThere: (count) => `すでに ${count} 枚あります。新しい画像と置き換わります`,
    lastFrameThere: '最後の画像はすでにあります。送った画像が最初の画像になります',
    how: '何を作るか',
    edit: (price) => `この動画そのものを変更 · ${price}`,
    extend: (seconds, price) => `${seconds} 秒延長 · ${price}`,
    anew: '下の設定で新しい動画を作る',
    model: 'モデル',
    modelOfNew: 'モデル（新しい動画）',
    length: '長さと形',
    lengthOfNew: '長さと形（新しい動画）',
    quality: '画質',
    qualityOfNew: '画質（新しい動画）',
    draft: 'まず下書き（安く試す）',
    perSecond: (price) => `1 秒 ${price}`,
    perSecondEach: (prices) => `1 秒あたり: ${prices}`,
    secondsAndShape: (seconds, shape) => `${seconds} 秒、${shape}`,
  },

  shape: { wide: '横長', tall: '縦長', square: '正方形' },

  command: {
    veo: '言葉から動画を作ります。支払いの前に料金が表示されます。',
    videos: '自分の動画: もう一度表示したり、残りを確認したりできます。',
    help: 'このボットでできること、動画の料金、保管されるもの。',
    animate: 'この画像を動かす',
    report: '動画を通報…',
    prompt: {
      name: 'プロンプト',
      description: '何が見えて、何が聞こえますか？空ならフォームが開きます。',
    },
    model: { name: 'モデル', description: 'どのモデルで作るか' },
    duration: { name: '長さ', description: '動画の長さ' },
    aspect: { name: '形', description: '横長、縦長、正方形' },
    resolution: { name: '画質', description: '動画の鮮明さ' },
    draft: { name: '下書き', description: 'まず鮮明でない安い試作。ボタンで本番画質に' },
    private: { name: '非公開', description: '自分だけに表示' },
    firstFrame: { name: '最初の画像', description: '動画の始まりになる画像' },
    lastFrame: { name: '最後の画像', description: '動画の終わりになる画像。最初の画像も必要' },
    reference: {
      name: (number) => `参照画像_${number}`,
      description: '動画に登場させたい人や物の画像',
    },
    about: (price, seconds) => `≈ ${price}（${seconds} 秒）`,
  },
};
