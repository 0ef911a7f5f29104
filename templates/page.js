"use strict";
// The web page: draws what Python put into words, and marks answers by the keys that came with them. Texts of a bank
// become text nodes and nothing else. What stands before `start` knows no browser, and tests hold it against Python.

// Marking, as in quizgen/shapes, quizgen/view/feedback.py and quizgen/view/results.py.

const HAN = /[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const EDGES = /^[\p{P}\p{Z}\p{C}]+|[\p{P}\p{Z}\p{C}]+$/gu;

const single = (text) => text.trim().split(/\s+/u).join(" ");

/** Give a line as words: of no endless length, and without control characters. */
function asTyped(line) {
  return single([...line].slice(0, 500).filter((c) => /\s/u.test(c) || !/[\p{Cc}\p{Cs}]/u.test(c)).join(""));
}

/** Reduce words to what counts: not width, case, spaces, hyphens, punctuation around them, or an article. */
function fold(words) {
  const plain = words.normalize("NFKC").toLowerCase().replace(/ß/gu, "ss").replace(/ς/gu, "σ");
  const text = plain.replace(/[’‘]/gu, "'").replace(/[‐‑–—-]/gu, " ").normalize("NFKC").replace(/\p{Cf}/gu, "");
  const bare = single(text.replace(EDGES, "")).replace(/^(a|an|the) /u, "");
  const [first, ...others] = bare.split(" ");
  let joined = first;
  let before = first;
  for (const piece of others) {
    const beside = HAN.test([...before].pop() || "") || HAN.test([...piece][0] || "");
    joined += beside ? piece : ` ${piece}`;
    before = piece;
  }
  return joined || single(text);
}

/** Tell whether one letter too many, too few or wrong, or two swapped letters, make one word of another. */
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

/** Tell whether a blank takes words: as they are, with one typo, or, in Chinese, whichever characters they are written with. */
function takes(record, question, words) {
  const given = fold(words);
  if (!given || question.taken.includes(given)) return given !== "";
  const simple = [...given].map((c) => record.traditional[c] || c).join("");
  if (HAN.test(given)) return question.simplified.includes(simple);
  return question.near.some((form) => oneTypoApart(given, form));
}

/** Judge a response: `null` is a skip, words a string, anything else indices as printed. */
function verdictOn(record, item, response) {
  const question = record.questions[item.of];
  const key = item.key;
  if (response === null) return { outcome: "skipped", right: 0, total: 0, extra: 0 };
  const whole = key ? String(response) === String(key) : takes(record, question, response);
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

/** Count the verdicts on exhibits among answers, but for skips. */
function detection(record, items, answers) {
  const counts = { scams: 0, stopped: 0, genuine: 0, trusted: 0 };
  items.forEach((item, index) => {
    const genuine = record.questions[item.of].genuine;
    const given = answers[index];
    if (genuine === undefined || given === null || given === undefined) return;
    const right = verdictOn(record, item, given).outcome === "right" ? 1 : 0;
    counts[genuine ? "genuine" : "scams"] += 1;
    counts[genuine ? "trusted" : "stopped"] += right;
  });
  return counts;
}

/** Name the messages that put these counts into words: one for the counts, and one for which way they lean, or "". */
function detectionSaid(record, { scams, stopped, genuine, trusted }) {
  if (!scams && !genuine) return ["", ""];
  if (!scams || !genuine) return [scams ? "detection.stopped" : "detection.trusted", ""];
  const alarms = genuine - trusted;
  const criterion = -(record.scores[scams - 1][stopped] + record.scores[genuine - 1][alarms]) / 2;
  const mistakes = stopped < scams || alarms > 0;
  if (stopped < scams && !alarms && criterion > record.noticeable) return ["detection.both", "detection.trusting"];
  if (alarms && criterion < -record.noticeable) return ["detection.both", "detection.suspicious"];
  return ["detection.both", mistakes ? "detection.even-mistakes" : "detection.even"];
}

// The page.

function start(record) {
  const screen = document.getElementById("screen");
  const live = document.getElementById("live");
  const store = `quizgen-${record.id}`;
  // Stages are start, question, feedback and results; answers are those to the quiz at hand, results by its number.
  let state = { language: record.language, quiz: 0, stage: "start", answers: [], results: {} };
  let draft = null;

  function load() {
    try {
      const kept = JSON.parse(localStorage.getItem(store));
      const items = kept && record.quizzes[kept.quiz] && record.quizzes[kept.quiz].items;
      if (items && Array.isArray(kept.answers) && kept.answers.length <= items.length && record.languages[kept.language]) {
        state = { ...state, ...kept, stage: "start" };
      }
    } catch { /* a browser may refuse to keep anything, for a file above all */ }
  }

  function keep() {
    try {
      localStorage.setItem(store, JSON.stringify(state));
    } catch { /* as above: then it is kept until the page is closed */ }
  }

  const text = (number) => {
    const said = record.texts[number];
    return typeof said === "string" ? said : said[state.language];
  };
  const say = (id, values = {}) => text(record.messages[id]).replace(/\{(\w+)\}/gu, (_, name) => values[name]);
  /** Part a beginning that has a colon from what follows; Chinese ones bring their room along. */
  const begins = (words) => (/[：]$/u.test(words) ? words : `${words} `);
  const counted = (id, count) => say(count === 1 ? `${id}-one` : id, { count });
  const headed = (id) => say(id).replace(/[:：]$/u, "");
  const quiz = () => record.quizzes[state.quiz];
  const isRight = (item, response) => verdictOn(record, item, response).outcome === "right";

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

  /** Put children in the place of those that there are; telephones of some years ago lack `replaceChildren`. */
  function replace(element, children) {
    element.textContent = "";
    element.append(...children);
  }

  // Of a bank that lacks a language of the page, or is in one that the page does not speak, the page's own words are in
  // another than what is around them.
  const chosen = () => record.languages[state.language];
  const written = () => (record.written && record.written[state.language]) || chosen().tag;
  const spoken = () => (record.spoken ? record.spoken[state.language] : chosen().tag);
  const own = () => (record.spoken ? { lang: spoken(), ...(chosen().right ? { dir: "ltr" } : {}) } : {});
  const button = (words, onclick, more) => el("button", { type: "button", onclick, ...own(), ...more }, words);
  /** Make a heading, whose line breaks behind the number and not within. */
  const heading = (words) => el("h2", { id: "heading", tabindex: "-1", ...own() },
    words.replace(/^.* ·/u, (counted) => counted.replace(/ /gu, "\u00a0")));
  const row = (...buttons) => el("div", { class: "row" }, buttons);

  /** Give words of an exhibit: those that decide marked, once they may be told. */
  function words(number, told) {
    const said = text(number);
    if (typeof said === "string") return [said];
    return told ? said.map((piece, place) => (place % 2 ? el("mark", {}, piece) : piece)) : [said.join("")];
  }

  /** Draw what a person meets; `choice` makes of a line that is asked for what chooses it. */
  function exhibit(question, told, choice) {
    const { form, context, label, sender, lines, signs } = question.exhibit;
    const figure = el("figure", { class: `exhibit ${form}` },
      context === undefined ? "" : el("p", { class: "context" }, text(context)),
      el("figcaption", {}, begins(text(label)), el("b", {}, words(sender, told))));
    lines.forEach(([who, said, own], place) => {
      const asked = (question.lines || []).indexOf(place + 1);
      const number = question.lines ? `${place + 1}. ` : "";
      const content = [number, who !== null && text(who) ? el("b", {}, begins(text(who))) : "", words(said, told)];
      if (choice && asked >= 0) figure.append(choice(asked, content));
      else figure.append(el("p", { class: own ? "said own" : "said" }, content));
    });
    if (!told || !signs.length) return [figure];
    return [figure, el("ul", { class: "review" },
      signs.map(([sign, reason]) => el("li", {}, el("b", {}, begins(text(sign))), text(reason))))];
  }

  // Ways to answer: each draws what there is to choose, keeps the draft, and tells what it still lacks.

  function choice(type, index, content, said) {
    const chosen = (draft || []).includes(index);
    const change = (event) => {
      const others = type === "radio" ? [] : (draft || []).filter((each) => each !== index);
      draft = [...others, ...(event.target.checked ? [index] : [])].sort((a, b) => a - b);
    };
    const input = el("input", { type, name: "choice", value: index, checked: chosen, onchange: change });
    return el("label", { class: "choice", ...(said ? own() : {}) }, input, el("span", {}, content));
  }

  const choices = (type, lacks, said) => ({
    draw: (item) => item.options.map((option, index) => choice(type, index, text(option), said)),
    lacks: () => (draft && draft.length ? "" : say(lacks)),
  });

  const match = {
    draw(item) {
      draft = draft || item.prompts.map(() => -1);
      return item.prompts.map((prompt, place) => {
        const id = `prompt-${place}`;
        const option = (value, said) => el("option", { value, selected: draft[place] === value }, said);
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
        const said = text(item.options[step]);
        const mover = (way, sign, to) => button(sign, () => move(place, to, way), {
          "data-step": step, "data-way": way, "aria-label": say(`page.${way}`, { step: said }),
          "aria-disabled": to < 0 || to >= draft.length ? "true" : "false",
        });
        return el("li", {}, el("span", {}, `${place + 1}. ${said}`),
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
    // As they are printed they are never right, and a second tap on what stood in the button's place must not answer.
    lacks: () => (draft.every((step, place) => step === place) ? say("page.unmoved") : ""),
  };

  const fill = {
    draw: () => el("input", {
      type: "text", id: "words", "aria-labelledby": "stem", "aria-describedby": "hint", value: draft || "",
      maxlength: 500, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      oninput: (event) => { draft = event.target.value; },
    }),
    lacks: () => (asTyped(draft || "") ? "" : say("app.lacks-words")),
  };

  const line = { ...choices("radio", "app.lacks-choice"), draw: () => "" }; // it is chosen in the exhibit
  const one = choices("radio", "app.lacks-choice");
  const said = choices("radio", "app.lacks-choice", true); // whose options are the page's own words
  const ways = { one, truth: said, verdict: said, several: choices("checkbox", "app.lacks-ticks"), line, match, order, fill };

  // What was answered beside what is right.

  function reviewed(status, content, notes = []) {
    const sign = { right: "✓ ", wrong: "✗ " }[status] || "";
    const small = notes.length ? el("small", own(), notes.map((note) => say(note)).join(" · ")) : "";
    return el("li", { class: status }, sign, el("b", {}, content), small);
  }

  function review(item, response) {
    const question = record.questions[item.of];
    if (!item.key) {
      const wrong = response !== null && !isRight(item, response);
      return [reviewed("right", begins(say("app.key-is")) + text(question.best)),
        response === null ? null : reviewed(wrong ? "wrong" : "right", begins(say("app.mine-is")) + response)];
    }
    if (!question.parts) {
      return item.options.map((option, index) => {
        const [key, mine] = [item.key.includes(index), (response || []).includes(index)];
        if (question.way === "line" && !key && !mine) return null;
        const notes = [...(key ? ["app.key"] : []), ...(mine ? ["app.mine"] : [])];
        return reviewed(key ? "right" : mine ? "wrong" : "", text(option), notes);
      });
    }
    const bare = (number) => text(number).replace(/[.。]$/u, "");
    return item.key.map((key, place) => {
      const put = (right) => (item.prompts ? say("take.pair", { left: text(item.prompts[place]), right }) : `${place + 1}. ${right}`);
      const mine = response === null ? key : response[place];
      if (mine === key) return reviewed(response === null ? "" : "right", put(text(item.options[key])));
      const compared = { mine: bare(item.options[mine]), right: bare(item.options[key]) };
      return reviewed("wrong", put(say("take.compared", compared)));
    });
  }

  function explained(item, response, again = false) {
    const question = record.questions[item.of];
    const told = (id, number) => [el("h3", own(), headed(id)), el("p", {}, text(number))];
    return [
      question.exhibit ? exhibit(question, true) : "",
      again ? "" : el("p", { class: "stem" }, text(question.stem)),
      el(question.way === "order" ? "ol" : "ul", { class: "review", role: "list" }, review(item, response)),
      question.why === undefined ? "" : told("take.why", question.why),
      question.advice === undefined ? "" : told("take.advice", question.advice),
      again && question.facts.length ? [el("h3", own(), headed("take.fact")), question.facts.map((each) => el("p", {}, text(each)))] : "",
      el("h3", own(), headed("take.source")),
      el("ul", { class: "source" }, question.cites.map((each) => el("li", question.facts.length ? {} : own(), text(each)))),
    ];
  }

  function verdict(item, response) {
    const found = verdictOn(record, item, response);
    const sign = { right: "✓", skipped: "–" }[found.outcome] || "✗";
    const status = found.outcome === "right" ? "right" : found.outcome === "skipped" ? "" : "wrong";
    return [status, sign, say(`app.${found.outcome}`, found)];
  }

  function judged(item, response) {
    const [status, sign, said] = verdict(item, response);
    return el("p", { class: `verdict ${status}`, ...own() }, `${sign} ${said}`);
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
    } catch { /* then there is nothing */ }
    live.textContent = say("page.forgotten");
  }

  const several = record.quizzes.length > 1;
  const which = () => say("page.which", { number: state.quiz + 1, total: record.quizzes.length, seed: quiz().seed });

  const stages = {
    start() {
      const total = quiz().items.length;
      const answered = state.answers.length;
      const invitation = screen.dataset.invitation;
      const going = answered > 0 && answered < total;
      return [
        invitation ? el("p", { lang: record.languages[record.language].tag }, invitation) : "",
        el("p", {}, counted("page.about", total)),
        record.sources.map((each) => el("p", { class: "faint" }, text(each))),
        el("p", { class: "faint" }, counted("page.holds", record.quizzes.length)),
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
      const lacks = el("p", { class: "lacks", role: "alert", ...own() });
      const answer = (event) => {
        event.preventDefault();
        const lacking = way.lacks();
        lacks.textContent = lacking;
        if (lacking) screen.querySelector("fieldset input, fieldset select, fieldset button").focus();
        else given(typeof draft === "string" ? asTyped(draft) : draft);
      };
      const fields = [way.draw(item)];
      const asked = question.exhibit ? exhibit(question, false, question.way === "line" && ((...of) => choice("radio", ...of))) : [];
      const inside = question.way === "line" ? [asked, fields] : fields;
      return [
        heading(say("take.question", { number: number + 1, total: quiz().items.length, topic: text(question.topic) })),
        question.way === "line" ? "" : asked,
        el("form", { onsubmit: answer },
          el("fieldset", { "aria-describedby": "hint" },
            el("legend", { class: "stem", id: "stem" }, text(question.stem)),
            el("p", { class: "faint", id: "hint", ...own() }, say(`page.hint-${question.way}`)),
            inside),
          lacks,
          row(el("button", { type: "submit", class: "main", ...own() }, say("page.answer")), button(say("page.skip"), () => given(null)))),
        el("p", { class: "faint", ...own() }, which()),
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
        judged(item, response),
        explained(item, response),
        row(button(say(last ? "page.to-result" : "page.next"), () => show(last ? "results" : "question"), { class: "main" })),
      ];
    },

    results() {
      const { items } = quiz();
      const { answers } = state;
      const right = items.filter((item, index) => isRight(item, answers[index])).length;
      const counts = detection(record, items, answers);
      const told = detectionSaid(record, counts);
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
        told.filter(Boolean).map((id) => el("p", {}, say(id, counts))),
        record.help.length ? el("h3", {}, say("detection.help")) : "",
        record.help.length ? el("dl", { class: "help" },
          record.help.map(([name, what]) => [el("dt", {}, name), el("dd", {}, text(what))])) : "",
        el("h3", {}, say("take.by-topic")),
        el("ul", {}, [...topics].map(([topic, [done, total]]) => el("li", { lang: written() }, say("take.pair", { left: topic, right: `${done}/${total}` })))),
        el("h3", {}, say(missed.length ? "app.mistakes" : "app.perfect")),
        missed.map(([item, given, index]) => el("details", { lang: written() },
          el("summary", {}, `${index + 1}. ${text(record.questions[item.of].stem)}`),
          judged(item, given), explained(item, given, true))),
        row(several ? button(say("page.another"), next, { class: "main" }) : "",
          button(say("page.again"), () => begin(state.quiz), { class: several ? "" : "main" }),
          button(say("page.forget"), forget)),
        el("p", { class: "faint" }, which()),
      ];
    },
  };

  function given(response) {
    state = { ...state, answers: [...state.answers, response] };
    const { items } = quiz();
    if (state.answers.length === items.length) {
      const right = items.filter((item, index) => isRight(item, state.answers[index])).length;
      state = { ...state, results: { ...state.results, [state.quiz]: [right, items.length] } };
    }
    show("feedback");
    live.textContent = verdict(items[state.answers.length - 1], response)[2];
  }

  function show(stage) {
    state = { ...state, stage };
    draft = null;
    live.textContent = "";
    keep();
    draw();
    const top = document.getElementById("heading") || document.getElementById("title");
    top.focus({ preventScroll: true });
    top.scrollIntoView();
  }

  function draw() {
    document.documentElement.lang = chosen().tag;
    const title = record.headline || text(record.title);
    document.title = title;
    const asks = /^(question|feedback)$/u.test(state.stage);
    screen.lang = asks ? written() : spoken();
    screen.dir = asks && chosen().right ? "rtl" : "ltr";
    document.getElementById("title").textContent = title;
    if (record.entitled && !record.headline) document.getElementById("title").lang = record.entitled[state.language];
    document.getElementById("private").lang = spoken();
    document.getElementById("private").textContent = say("page.private");
    const languages = document.getElementById("languages");
    languages.lang = spoken();
    languages.setAttribute("aria-label", say("page.language"));
    [...languages.children].forEach((each, index) => each.setAttribute("aria-pressed", index === state.language));
    replace(screen, stages[state.stage]().flat(Infinity).filter((child) => child !== "" && child !== null));
  }

  function speak(index) {
    state = { ...state, language: index };
    keep();
    draw();
  }

  // Chromium gives a page of a file that asks for its store too soon one of nothing, which keeps nothing (seen in 156,
  // once in thirty openings of a busy machine). Once a first frame has been shown, it never did.
  requestAnimationFrame(() => setTimeout(() => {
    load();
    if (record.languages.length > 1) {
      document.getElementById("languages").append(
        ...record.languages.map(({ tag, name }, index) => button(name, () => speak(index), { lang: tag })));
    }
    draw();
  }, 30));
}

if (typeof document !== "undefined") start(JSON.parse(document.getElementById("data").textContent));
