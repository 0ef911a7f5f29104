"use strict";
// The web page: shows the texts that Python wrote, and marks answers with the keys in the data. Texts of a bank only
// ever become text nodes. The functions before `start` need no browser, and tests compare them with Python's.

// Marking, as in quizgen/shapes, quizgen/view/feedback.py and quizgen/view/results.py.

const HAN = /[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const EDGES = /^[\p{P}\p{Z}\p{C}]+|[\p{P}\p{Z}\p{C}]+$/gu;

const joinBlanks = (text) => text.trim().split(/\s+/u).join(" ");

/** Clean a typed line: remove control characters, and limit its length. */
function cleanInput(line) {
  return joinBlanks([...line].slice(0, 500).filter((c) => /\s/u.test(c) || !/[\p{Cc}\p{Cs}]/u.test(c)).join(""));
}

/** Normalise words: ignore width, case, spaces, hyphens, punctuation around them, and articles. */
function fold(words) {
  const plain = words.normalize("NFKC").toLowerCase().replace(/ß/gu, "ss").replace(/ς/gu, "σ");
  const text = plain.replace(/[’‘]/gu, "'").replace(/[‐‑–—-]/gu, " ").normalize("NFKC").replace(/\p{Cf}/gu, "");
  const bare = joinBlanks(text.replace(EDGES, "")).replace(/^(a|an|the) /u, "");
  const [first, ...others] = bare.split(" ");
  let joined = first;
  let before = first;
  for (const piece of others) {
    const beside = HAN.test([...before].pop() || "") || HAN.test([...piece][0] || "");
    joined += beside ? piece : ` ${piece}`;
    before = piece;
  }
  return joined || joinBlanks(text);
}

/** Return whether two words differ by one added, missing or wrong letter, or by two swapped letters. */
function oneTypoApart(given, form) {
  const both = given + form;
  if (Math.min(given.length, form.length) < 5 || given[0] !== form[0] || /[^\x00-\x7f]|\d/u.test(both)) return false;
  const [shorter, longer] = given.length <= form.length ? [given, form] : [form, given];
  let same = 0;
  while (same < shorter.length && shorter[same] === longer[same]) same += 1;
  if (longer.length > shorter.length) return longer.slice(0, same) + longer.slice(same + 1) === shorter;
  if (shorter.slice(same + 1) === longer.slice(same + 1)) return true;
  return shorter[same] === longer[same + 1] && shorter[same + 1] === longer[same] && shorter.slice(same + 2) === longer.slice(same + 2);
}

/** Return whether a blank accepts words: exactly, with one typo, or in Simplified or Traditional characters. */
function acceptsWords(record, question, words) {
  const given = fold(words);
  if (!given || question.taken.includes(given)) return given !== "";
  const simple = [...given].map((c) => record.traditional[c] || c).join("");
  if (HAN.test(given)) return question.simplified.includes(simple);
  return question.near.some((form) => oneTypoApart(given, form));
}

/** Mark a response: `null` for a skip, a string for words, or indices in printed order. */
function markResponse(record, item, response) {
  const question = record.questions[item.of];
  const key = item.key;
  if (response === null) return { outcome: "skipped", right: 0, total: 0, extra: 0 };
  const whole = key ? String(response) === String(key) : acceptsWords(record, question, response);
  if (whole) return { outcome: "right", right: 0, total: 0, extra: 0 };
  if (question.parts) {
    const right = key.filter((each, place) => each === response[place]).length;
    return { outcome: "partly", right, total: key.length, extra: 0 };
  }
  if (key && key.length > 1) {
    const right = response.filter((each) => key.includes(each)).length;
    const extra = response.length - right;
    return { outcome: extra ? "found" : "found-only", right, total: key.length, extra };
  }
  return { outcome: "wrong", right: 0, total: 0, extra: 0 };
}

/** Count the verdicts on exhibits among answers, without skips. */
function detection(record, items, answers) {
  const counts = { scams: 0, stopped: 0, genuine: 0, trusted: 0 };
  items.forEach((item, index) => {
    const genuine = record.questions[item.of].genuine;
    const given = answers[index];
    if (genuine === undefined || given === null || given === undefined) return;
    const right = markResponse(record, item, given).outcome === "right" ? 1 : 0;
    counts[genuine ? "genuine" : "scams"] += 1;
    counts[genuine ? "trusted" : "stopped"] += right;
  });
  return counts;
}

/** Return the ids of two messages: one for the counts, and one for the tendency, or "". */
function detectionMessages(record, { scams, stopped, genuine, trusted }) {
  if (!scams && !genuine) return ["", ""];
  if (!scams || !genuine) return [scams ? "detection.stopped" : "detection.trusted", ""];
  const alarms = genuine - trusted;
  const criterion = -(record.scores[scams - 1][stopped] + record.scores[genuine - 1][alarms]) / 2;
  const mistakes = stopped < scams || alarms > 0;
  if ((stopped < scams && scams < record.cases) || (alarms > 0 && genuine < record.cases)) return ["detection.both", ""];
  if (stopped < scams && !alarms && criterion > record.noticeable) return ["detection.both", "detection.trusting"];
  if (alarms && criterion < -record.noticeable) return ["detection.both", "detection.suspicious"];
  return ["detection.both", mistakes ? "detection.even-mistakes" : "detection.even"];
}

// The page.

function start(record) {
  const screen = document.getElementById("screen");
  const live = document.getElementById("live");
  const store = `quizgen-${record.id}`;
  // `stage` is start, question, feedback or results; `answers` are those of the current quiz, `results` those of each quiz.
  let state = { language: record.language, quiz: 0, stage: "start", answers: [], results: {} };
  let draft = null;

  function load() {
    try {
      const stored = JSON.parse(localStorage.getItem(store));
      const items = stored && record.quizzes[stored.quiz] && record.quizzes[stored.quiz].items;
      if (items && Array.isArray(stored.answers) && stored.answers.length <= items.length && record.languages[stored.language]) {
        state = { ...state, ...stored, stage: "start" };
      }
    } catch { /* a browser may refuse to store anything, above all for a file */ }
  }

  function save() {
    try {
      localStorage.setItem(store, JSON.stringify(state));
    } catch { /* as above: then the state is lost when the page is closed */ }
  }

  const text = (number) => {
    const entry = record.texts[number];
    return typeof entry === "string" ? entry : entry[state.language];
  };
  const say = (id, values = {}) => text(record.messages[id]).replace(/\{(\w+)\}/gu, (_, name) => values[name]);
  /** Add a blank after a label with a colon, unless the colon is full-width. */
  const withBlank = (words) => (/[：]$/u.test(words) ? words : `${words} `);
  const sayCount = (id, count) => say(count === 1 ? `${id}-one` : id, { count });
  const headingText = (id) => say(id).replace(/[:：]$/u, "");
  const quiz = () => record.quizzes[state.quiz];
  const isRight = (item, response) => markResponse(record, item, response).outcome === "right";

  function el(name, properties, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false) element.setAttribute(key, value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== ""));
    return element;
  }

  /** Replace all children; older phones lack `replaceChildren`. */
  function replace(element, children) {
    element.textContent = "";
    element.append(...children);
  }

  // If the bank or our messages lack a language of the page, messages and texts have different languages.
  const currentLanguage = () => record.languages[state.language];
  const textTag = () => (record.written && record.written[state.language]) || currentLanguage().tag;
  const messageTag = () => (record.spoken ? record.spoken[state.language] : currentLanguage().tag);
  const messageLanguage = () => (record.spoken ? { lang: messageTag(), ...(currentLanguage().right ? { dir: "ltr" } : {}) } : {});
  const button = (words, onclick, more) => el("button", { type: "button", onclick, ...messageLanguage(), ...more }, words);
  /** Make a heading that may break only after the question's number. */
  const heading = (words) => el("h2", { id: "heading", tabindex: "-1", ...messageLanguage() },
    words.replace(/^.* ·/u, (counted) => counted.replace(/ /gu, "\u00a0")));
  const row = (...buttons) => el("div", { class: "row" }, buttons);

  /** Return words of an exhibit, with those that decide marked if `revealed`. */
  function words(number, revealed) {
    const pieces = text(number);
    if (typeof pieces === "string") return [pieces];
    return revealed ? pieces.map((piece, place) => (place % 2 ? el("mark", {}, piece) : piece)) : [pieces.join("")];
  }

  /** Draw an exhibit; `choice` draws the lines that can be chosen. */
  function exhibit(question, revealed, choice) {
    const { form, context, label, sender, lines, signs } = question.exhibit;
    const figure = el("figure", { class: `exhibit ${form}` },
      context === undefined ? "" : el("p", { class: "context" }, text(context)),
      el("figcaption", {}, withBlank(text(label)), el("b", {}, words(sender, revealed))));
    lines.forEach(([who, lineText, own], place) => {
      const option = (question.lines || []).indexOf(place + 1);
      const number = question.lines ? `${place + 1}. ` : "";
      const content = [number, who !== null && text(who) ? el("b", {}, withBlank(text(who))) : "", words(lineText, revealed)];
      if (choice && option >= 0) figure.append(choice(option, content));
      else figure.append(el("p", { class: own ? "line own" : "line" }, content));
    });
    if (!revealed || !signs.length) return [figure];
    return [figure, el("ul", { class: "review" },
      signs.map(([sign, reason]) => el("li", {}, el("b", {}, withBlank(text(sign))), text(reason))))];
  }

  // Ways to answer: each draws its inputs, updates the draft, and says what is still missing.

  function choice(type, index, content, isMessage) {
    const chosen = (draft || []).includes(index);
    const change = (event) => {
      const others = type === "radio" ? [] : (draft || []).filter((each) => each !== index);
      draft = [...others, ...(event.target.checked ? [index] : [])].sort((a, b) => a - b);
    };
    const input = el("input", { type, name: "choice", value: index, checked: chosen, onchange: change });
    return el("label", { class: "choice", ...(isMessage ? messageLanguage() : {}) }, input, el("span", {}, content));
  }

  const choices = (type, lacks, isMessage) => ({
    draw: (item) => item.options.map((option, index) => choice(type, index, text(option), isMessage)),
    lacks: () => (draft && draft.length ? "" : say(lacks)),
  });

  const match = {
    draw(item) {
      draft = draft || item.prompts.map(() => -1);
      return item.prompts.map((prompt, place) => {
        const id = `prompt-${place}`;
        const option = (value, label) => el("option", { value, selected: draft[place] === value }, label);
        const select = el("select", { id, onchange: (event) => { draft[place] = Number(event.target.value); } },
          option(-1, say("page.choose")), item.options.map((each, index) => option(index, text(each))));
        return el("div", { class: "pair" }, el("label", { for: id }, text(prompt)), select);
      });
    },
    lacks() {
      const open = draft.filter((each) => each < 0).length;
      if (open) return say("app.lacks-places", { count: open });
      return new Set(draft).size < draft.length ? say("page.twice") : "";
    },
  };

  const order = {
    draw(item) {
      draft = draft || item.options.map((_, index) => index);
      const list = el("ol", { class: "steps", role: "list" });
      const fill = () => replace(list, draft.map((step, place) => {
        const stepText = text(item.options[step]);
        const mover = (way, sign, to) => button(sign, () => move(place, to, way), {
          "data-step": step, "data-way": way, "aria-label": say(`page.${way}`, { step: stepText }),
          "aria-disabled": to < 0 || to >= draft.length ? "true" : "false",
        });
        return el("li", {}, el("span", {}, `${place + 1}. ${stepText}`),
          mover("up", "↑", place - 1), mover("down", "↓", place + 1));
      }));
      function move(from, to, way) {
        if (to < 0 || to >= draft.length) return;
        const step = draft[from];
        draft.splice(from, 1);
        draft.splice(to, 0, step);
        fill();
        list.querySelector(`[data-step="${step}"][data-way="${way}"]`).focus();
        live.textContent = say("page.moved", { step: text(item.options[step]), place: to + 1, total: draft.length });
      }
      fill();
      return list;
    },
    // The printed order is never right. This also ignores a second tap on the button that was there before.
    lacks: () => (draft.every((step, place) => step === place) ? say("page.unmoved") : ""),
  };

  const fill = {
    draw: () => el("input", {
      type: "text", id: "words", "aria-labelledby": "stem", "aria-describedby": "hint", value: draft || "",
      maxlength: 500, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      oninput: (event) => { draft = event.target.value; },
    }),
    lacks: () => (cleanInput(draft || "") ? "" : say("app.lacks-words")),
  };

  const line = { ...choices("radio", "app.lacks-choice"), draw: () => "" }; // it is chosen in the exhibit
  const one = choices("radio", "app.lacks-choice");
  const sides = choices("radio", "app.lacks-choice", true); // whose options are messages
  const ways = { one, truth: sides, verdict: sides, several: choices("checkbox", "app.lacks-ticks"), line, match, order, fill };

  // The response compared with the key.

  function reviewItem(status, content, notes = []) {
    const sign = { right: "✓ ", wrong: "✗ " }[status] || "";
    const small = notes.length ? el("small", messageLanguage(), notes.map((note) => say(note)).join(" · ")) : "";
    return el("li", { class: status }, sign, el("b", {}, content), small);
  }

  function reviewItems(item, response) {
    const question = record.questions[item.of];
    if (!item.key) {
      const wrong = response !== null && !isRight(item, response);
      return [reviewItem("right", withBlank(say("app.key-is")) + text(question.best)),
        response === null ? null : reviewItem(wrong ? "wrong" : "right", withBlank(say("app.mine-is")) + response)];
    }
    if (!question.parts) {
      return item.options.map((option, index) => {
        const [key, mine] = [item.key.includes(index), (response || []).includes(index)];
        if (question.way === "line" && !key && !mine) return null;
        const notes = [...(key ? ["app.key"] : []), ...(mine ? ["app.mine"] : [])];
        return reviewItem(key ? "right" : mine ? "wrong" : "", text(option), notes);
      });
    }
    const bare = (number) => text(number).replace(/[.。]$/u, "");
    return item.key.map((key, place) => {
      const put = (right) => (item.prompts ? say("take.pair", { left: text(item.prompts[place]), right }) : `${place + 1}. ${right}`);
      const mine = response === null ? key : response[place];
      if (mine === key) return reviewItem(response === null ? "" : "right", put(text(item.options[key])));
      const compared = { mine: bare(item.options[mine]), right: bare(item.options[key]) };
      return reviewItem("wrong", put(say("take.compared", compared)));
    });
  }

  function explanation(item, response, again = false) {
    const question = record.questions[item.of];
    const section = (id, number) => [el("h3", messageLanguage(), headingText(id)), el("p", {}, text(number))];
    return [
      question.exhibit ? exhibit(question, true) : "",
      again ? "" : el("p", { class: "stem" }, text(question.stem)),
      el(question.way === "order" ? "ol" : "ul", { class: "review", role: "list" }, reviewItems(item, response)),
      question.why === undefined ? "" : section("take.why", question.why),
      question.advice === undefined ? "" : section("take.advice", question.advice),
      again && question.facts.length ? [el("h3", messageLanguage(), headingText("take.fact")), question.facts.map((each) => el("p", {}, text(each)))] : "",
      el("h3", messageLanguage(), headingText("take.source")),
      el("ul", { class: "source" }, question.cites.map((each) => el("li", question.facts.length ? {} : messageLanguage(), text(each)))),
    ];
  }

  function verdictParts(item, response) {
    const marked = markResponse(record, item, response);
    const sign = { right: "✓", skipped: "–" }[marked.outcome] || "✗";
    const status = marked.outcome === "right" ? "right" : marked.outcome === "skipped" ? "" : "wrong";
    return [status, sign, say(`app.${marked.outcome}`, marked)];
  }

  function verdictLine(item, response) {
    const [status, sign, outcome] = verdictParts(item, response);
    return el("p", { class: `verdict ${status}`, ...messageLanguage() }, `${sign} ${outcome}`);
  }

  // The stages.

  function begin(number) {
    state = { ...state, quiz: number, answers: [] };
    show("question");
  }

  function next() {
    const count = record.quizzes.length;
    const following = [...Array(count).keys()].map((step) => (state.quiz + 1 + step) % count);
    const open = following.find((each) => state.results[each] === undefined);
    begin(open === undefined ? following[0] : open);
  }

  function forget() {
    state = { language: state.language, quiz: 0, stage: "start", answers: [], results: {} };
    show("start");
    try {
      localStorage.removeItem(store);
    } catch { /* then nothing is stored */ }
    live.textContent = say("page.forgotten");
  }

  const several = record.quizzes.length > 1;
  const quizLabel = () => say("page.which", { number: state.quiz + 1, total: record.quizzes.length, seed: quiz().seed });

  const stages = {
    start() {
      const total = quiz().items.length;
      const answered = state.answers.length;
      const invitation = screen.dataset.invitation;
      const going = answered > 0 && answered < total;
      return [
        invitation ? el("p", { lang: record.languages[record.language].tag }, invitation) : "",
        el("p", {}, sayCount("page.about", total)),
        record.sources.map((each) => el("p", { class: "faint" }, text(each))),
        el("p", { class: "faint" }, sayCount("page.holds", record.quizzes.length)),
        going
          ? row(button(say("page.go-on", { number: answered + 1 }), () => show("question"), { class: "main" }),
            button(say(several ? "page.another" : "page.again"), next), button(say("page.forget"), forget))
          : row(button(say("page.begin"), answered ? next : () => begin(state.quiz), { class: "main" })),
      ];
    },

    question() {
      const number = state.answers.length;
      const item = quiz().items[number];
      const question = record.questions[item.of];
      const way = ways[question.way];
      const lacks = el("p", { class: "lacks", role: "alert", ...messageLanguage() });
      const answer = (event) => {
        event.preventDefault();
        const lacking = way.lacks();
        lacks.textContent = lacking;
        if (lacking) screen.querySelector("fieldset input, fieldset select, fieldset button").focus();
        else submitAnswer(typeof draft === "string" ? cleanInput(draft) : draft);
      };
      const fields = [way.draw(item)];
      const figure = question.exhibit ? exhibit(question, false, question.way === "line" && ((...of) => choice("radio", ...of))) : [];
      const inside = question.way === "line" ? [figure, fields] : fields;
      return [
        heading(say("take.question", { number: number + 1, total: quiz().items.length, topic: text(question.topic) })),
        question.way === "line" ? "" : figure,
        el("form", { onsubmit: answer },
          el("fieldset", { "aria-describedby": "hint" },
            el("legend", { class: "stem", id: "stem" }, text(question.stem)),
            el("p", { class: "faint", id: "hint", ...messageLanguage() }, say(`page.hint-${question.way}`)),
            inside),
          lacks,
          row(el("button", { type: "submit", class: "main", ...messageLanguage() }, say("page.answer")), button(say("page.skip"), () => submitAnswer(null)))),
        el("p", { class: "faint", ...messageLanguage() }, quizLabel()),
      ];
    },

    feedback() {
      const number = state.answers.length;
      const item = quiz().items[number - 1];
      const response = state.answers[number - 1];
      const last = number === quiz().items.length;
      const topic = text(record.questions[item.of].topic);
      return [
        heading(say("take.question", { number, total: quiz().items.length, topic })),
        verdictLine(item, response),
        explanation(item, response),
        row(button(say(last ? "page.to-result" : "page.next"), () => show(last ? "results" : "question"), { class: "main" })),
      ];
    },

    results() {
      const { items } = quiz();
      const { answers } = state;
      const right = items.filter((item, index) => isRight(item, answers[index])).length;
      const counts = detection(record, items, answers);
      const ids = detectionMessages(record, counts);
      const topics = new Map();
      items.forEach((item, index) => {
        const topic = text(record.questions[item.of].topic);
        const [done, total] = topics.get(topic) || [0, 0];
        topics.set(topic, [done + (isRight(item, answers[index]) ? 1 : 0), total + 1]);
      });
      const missed = items.map((item, index) => [item, answers[index], index]).filter(([item, given]) => !isRight(item, given));
      return [
        heading(say("page.result")),
        el("p", { class: "score" }, say("take.score", { right, total: items.length })),
        ids.filter(Boolean).map((id) => el("p", {}, say(id, counts))),
        record.help.length ? el("h3", {}, say("detection.help")) : "",
        record.help.length ? el("dl", { class: "help" },
          record.help.map(([name, what]) => [el("dt", {}, name), el("dd", {}, text(what))])) : "",
        el("h3", {}, say("take.by-topic")),
        el("ul", {}, [...topics].map(([topic, [done, total]]) => el("li", { lang: textTag() }, say("take.pair", { left: topic, right: `${done}/${total}` })))),
        el("h3", {}, say(missed.length ? "app.mistakes" : "app.perfect")),
        missed.map(([item, given, index]) => el("details", { lang: textTag() },
          el("summary", {}, `${index + 1}. ${text(record.questions[item.of].stem)}`),
          verdictLine(item, given), explanation(item, given, true))),
        row(several ? button(say("page.another"), next, { class: "main" }) : "",
          button(say("page.again"), () => begin(state.quiz), { class: several ? "" : "main" }),
          button(say("page.forget"), forget)),
        el("p", { class: "faint" }, quizLabel()),
      ];
    },
  };

  function submitAnswer(response) {
    state = { ...state, answers: [...state.answers, response] };
    const { items } = quiz();
    if (state.answers.length === items.length) {
      const right = items.filter((item, index) => isRight(item, state.answers[index])).length;
      state = { ...state, results: { ...state.results, [state.quiz]: [right, items.length] } };
    }
    show("feedback");
    live.textContent = verdictParts(items[state.answers.length - 1], response)[2];
  }

  function show(stage) {
    state = { ...state, stage };
    draft = null;
    live.textContent = "";
    save();
    draw();
    const top = document.getElementById("heading") || document.getElementById("title");
    top.focus({ preventScroll: true });
    top.scrollIntoView();
  }

  function draw() {
    document.documentElement.lang = currentLanguage().tag;
    const title = record.headline || text(record.title);
    document.title = title;
    const asks = /^(question|feedback)$/u.test(state.stage);
    screen.lang = asks ? textTag() : messageTag();
    screen.dir = asks && currentLanguage().right ? "rtl" : "ltr";
    document.getElementById("title").textContent = title;
    if (record.entitled && !record.headline) document.getElementById("title").lang = record.entitled[state.language];
    document.getElementById("private").lang = messageTag();
    document.getElementById("private").textContent = say("page.private");
    const languages = document.getElementById("languages");
    languages.lang = messageTag();
    languages.setAttribute("aria-label", say("page.language"));
    [...languages.children].forEach((each, index) => each.setAttribute("aria-pressed", index === state.language));
    replace(screen, stages[state.stage]().flat(Infinity).filter((child) => child !== "" && child !== null));
  }

  function setLanguage(index) {
    state = { ...state, language: index };
    save();
    draw();
  }

  // If a page from a file asks for localStorage too early, Chromium may give it an empty one that stores nothing (seen in
  // version 156, once in thirty times on a busy machine). After the first frame this never happened.
  requestAnimationFrame(() => setTimeout(() => {
    load();
    if (record.languages.length > 1) {
      document.getElementById("languages").append(
        ...record.languages.map(({ tag, name }, index) => button(name, () => setLanguage(index), { lang: tag })));
    }
    draw();
  }, 30));
}

if (typeof document !== "undefined") start(JSON.parse(document.getElementById("data").textContent));
