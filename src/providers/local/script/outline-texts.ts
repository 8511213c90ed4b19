/** The text of an outline in one language. */
export interface OutlineText {
  readonly title: (topic: string) => string;
  /** Says that there is no script yet, and why. */
  readonly opening: (topic: string) => string;
  /** Scenes that may be left out from the end if time is short. */
  readonly questions: readonly string[];
  /** How to continue. */
  readonly closing: string;
}

/** By language, Chinese by script. */
export const OUTLINES: Readonly<Record<string, OutlineText>> = {
  en: {
    title: (topic) => `Outline: ${topic}`,
    opening: (topic) =>
      `This is an outline for a video about “${topic}”. No text provider is set up here, so the script is still to be written.`,
    questions: [
      'Begin with the main point. What should a viewer know at the end that they did not know before?',
      'Say who it concerns. Why should they care about it today?',
      'Give one clear example. What can be shown rather than told?',
      'Explain how it works, step by step. Which step do people most often get wrong?',
      'Name the facts and where they come from. What can be checked, and what is only an opinion?',
      'Say what is hard or disputed. What would somebody who disagrees reply?',
      'Look ahead. What changes next, and what can the viewer do with it?',
      'Close with one sentence worth remembering.',
    ],
    closing:
      'To go on, set up a text provider and try again, or answer these questions yourself and send them as a script.',
  },
  'zh-Hant': {
    title: (topic) => `大綱：${topic}`,
    opening: (topic) => `這是一份影片大綱，主題是「${topic}」。這裡還沒有設定文字服務，所以腳本還沒有寫出來。`,
    questions: [
      '先說重點。觀眾看完之後，應該知道哪一件原本不知道的事？',
      '再說明這件事和誰有關。他們今天為什麼要關心？',
      '舉一個清楚的例子。有什麼可以用畫面呈現，而不只是用說的？',
      '一步一步解釋它怎麼運作。大家最容易弄錯的是哪一步？',
      '列出事實，並說明來源。哪些可以查證，哪些只是意見？',
      '談談困難或有爭議的地方。不同意的人會怎麼回應？',
      '往前看。接下來會有什麼改變，觀眾可以怎麼運用？',
      '最後用一句值得記住的話收尾。',
    ],
    closing: '要繼續的話，請設定文字服務後再試一次，或是自己回答這些問題，當作腳本送出。',
  },
  'zh-Hans': {
    title: (topic) => `大纲：${topic}`,
    opening: (topic) => `这是一份视频大纲，主题是“${topic}”。这里还没有设置文本服务，所以脚本还没有写出来。`,
    questions: [
      '先说重点。观众看完之后，应该知道哪一件原本不知道的事？',
      '再说明这件事和谁有关。他们今天为什么要关心？',
      '举一个清楚的例子。有什么可以用画面呈现，而不只是用嘴说？',
      '一步一步解释它怎么运作。大家最容易弄错的是哪一步？',
      '列出事实，并说明来源。哪些可以查证，哪些只是意见？',
      '谈谈困难或有争议的地方。不同意的人会怎么回应？',
      '往前看。接下来会有什么变化，观众可以怎么运用？',
      '最后用一句值得记住的话收尾。',
    ],
    closing: '要继续的话，请设置文本服务后再试一次，或者自己回答这些问题，当作脚本提交。',
  },
  de: {
    title: (topic) => `Gliederung: ${topic}`,
    opening: (topic) =>
      `Dies ist eine Gliederung für ein Video über „${topic}“. Hier ist kein Textdienst eingerichtet, deshalb ist das Skript noch nicht geschrieben.`,
    questions: [
      'Beginne mit dem Wichtigsten. Was soll man am Ende wissen, was man vorher nicht wusste?',
      'Sage, wen es betrifft. Warum ist es gerade heute wichtig?',
      'Gib ein klares Beispiel. Was lässt sich zeigen, statt es nur zu sagen?',
      'Erkläre Schritt für Schritt, wie es funktioniert. Welcher Schritt wird am häufigsten falsch verstanden?',
      'Nenne die Tatsachen und ihre Quellen. Was lässt sich prüfen, und was ist nur eine Meinung?',
      'Sage, was schwierig oder umstritten ist. Was würde jemand antworten, der anderer Meinung ist?',
      'Blicke nach vorn. Was ändert sich als Nächstes, und was lässt sich damit anfangen?',
      'Schließe mit einem Satz, den man behält.',
    ],
    closing:
      'So geht es weiter: Richte einen Textdienst ein und versuche es noch einmal, oder beantworte diese Fragen selbst und sende sie als Skript.',
  },
  fr: {
    title: (topic) => `Plan : ${topic}`,
    opening: (topic) =>
      `Voici le plan d'une vidéo sur « ${topic} ». Aucun service de texte n'est configuré ici, le script reste donc à écrire.`,
    questions: [
      "Commencez par l'essentiel. Que doit savoir le spectateur à la fin qu'il ne savait pas au début ?",
      "Dites qui est concerné. Pourquoi s'y intéresser aujourd'hui ?",
      "Donnez un exemple clair. Que peut-on montrer au lieu de l'expliquer ?",
      'Expliquez le fonctionnement étape par étape. Laquelle est le plus souvent mal comprise ?',
      'Citez les faits et leurs sources. Que peut-on vérifier, et que reste-t-il une opinion ?',
      "Dites ce qui est difficile ou contesté. Que répondrait quelqu'un qui n'est pas d'accord ?",
      "Regardez vers l'avenir. Qu'est-ce qui va changer, et que peut-on en faire ?",
      'Terminez par une phrase qui reste en mémoire.',
    ],
    closing:
      'Pour continuer, configurez un service de texte et réessayez, ou répondez vous-même à ces questions et envoyez-les comme script.',
  },
  es: {
    title: (topic) => `Esquema: ${topic}`,
    opening: (topic) =>
      `Este es el esquema de un vídeo sobre «${topic}». Aquí no hay ningún servicio de texto configurado, así que el guion está por escribir.`,
    questions: [
      'Empieza por lo principal. ¿Qué debería saber al final quien lo vea que no supiera antes?',
      '¿A quién le afecta? Explica por qué importa hoy.',
      'Da un ejemplo claro. ¿Qué se puede mostrar en lugar de contarlo?',
      'Explica paso a paso cómo funciona. ¿Qué paso se entiende mal más a menudo?',
      'Nombra los hechos y sus fuentes. ¿Qué se puede comprobar y qué es solo una opinión?',
      'Di qué es difícil o discutido. ¿Qué respondería alguien que no está de acuerdo?',
      'Mira hacia delante. ¿Qué cambiará después y qué se puede hacer con ello?',
      'Cierra con una frase que se recuerde.',
    ],
    closing:
      'Para continuar, configura un servicio de texto e inténtalo de nuevo, o responde tú mismo a estas preguntas y envíalas como guion.',
  },
  pt: {
    title: (topic) => `Esboço: ${topic}`,
    opening: (topic) =>
      `Este é o esboço de um vídeo sobre “${topic}”. Não há nenhum serviço de texto configurado aqui, por isso o roteiro ainda está por escrever.`,
    questions: [
      'Comece pelo principal. O que quem assiste deve saber no fim que não sabia antes?',
      'Diga a quem interessa. Por que isso importa hoje?',
      'Dê um exemplo claro. O que se pode mostrar em vez de contar?',
      'Explique passo a passo como funciona. Que passo é mais vezes mal entendido?',
      'Cite os fatos e as fontes. O que se pode verificar e o que é apenas opinião?',
      'Diga o que é difícil ou discutido. O que responderia alguém que discorda?',
      'Olhe para a frente. O que muda a seguir, e o que se pode fazer com isso?',
      'Termine com uma frase que fique na memória.',
    ],
    closing:
      'Para continuar, configure um serviço de texto e tente de novo, ou responda a estas perguntas e envie as respostas como roteiro.',
  },
  it: {
    title: (topic) => `Scaletta: ${topic}`,
    opening: (topic) =>
      `Questa è la scaletta di un video su «${topic}». Qui non è configurato nessun servizio di testo, quindi il copione è ancora da scrivere.`,
    questions: [
      'Comincia dal punto principale. Che cosa dovrebbe sapere alla fine chi guarda, che prima non sapeva?',
      'Spiega chi riguarda. Perché è importante proprio oggi?',
      'Fai un esempio chiaro. Che cosa si può mostrare invece di raccontarlo?',
      'Spiega passo dopo passo come funziona. Quale passo viene frainteso più spesso?',
      'Indica i fatti e le fonti. Che cosa si può verificare, e che cosa è solo un parere?',
      'Racconta che cosa è difficile o discusso. Che cosa risponderebbe chi non è d’accordo?',
      'Guarda avanti. Che cosa cambierà, e che cosa se ne può fare?',
      'Chiudi con una frase da ricordare.',
    ],
    closing:
      'Per continuare, configura un servizio di testo e riprova, oppure rispondi tu a queste domande e inviale come copione.',
  },
};
