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
  const isTrusting = alarms ? stopped < scams / 2 && criterion > record.clear : stopped < scams && criterion > record.noticeable;
  if (isTrusting) return ["detection.both", "detection.trusting"];
  if (alarms && criterion < -record.noticeable) return ["detection.both", "detection.suspicious"];
  if (Math.min(scams, genuine) < record.cases) return ["detection.both", ""];
  return ["detection.both", mistakes ? "detection.even-mistakes" : "detection.even"];
}

// The game, as in quizgen/game.py: what answers cost is in the data.

/** Return what an answer costs, if there is enough money; `seen` lines of the exhibit had appeared, and `replies` were chosen. */
function cost(record, item, { response, seen, replies = [] }) {
  const { costs, replyCosts = {} } = record.questions[item.of];
  if (!costs || !record.money) return 0;
  const [byLine, wrong, skipped] = costs;
  if (response === null) return skipped;
  if (markResponse(record, item, response).outcome !== "right") return wrong;
  return seen ? (replyCosts[String(replies)] || byLine)[Math.min(seen, byLine.length) - 1] : 0;
}

/** Return the money after some answers, or `null` if nothing is at stake; `worst` is the most expensive mistake. */
function balance(record, items, given) {
  const start = record.money ? record.money.start : 0;
  if (!start || !items.some((item) => record.questions[item.of].costs)) return null;
  let kept = start;
  let worst = null;
  const costs = given.map((answer, index) => {
    const lost = Math.min(cost(record, items[index], answer), kept);
    if (lost > (worst ? worst.sum : 0)) {
      const line = answer.seen || record.questions[items[index].of].exhibit.lines.length;
      worst = { index, line, sum: lost };
    }
    kept -= lost;
    return lost;
  });
  return { start, kept, costs, worst };
}

/** Return the item that asks a missed question once more: its twin, or else the same with its options moved. */
function askAgain(record, items, item) {
  const question = record.questions[item.of];
  const { twin } = question;
  if (twin && !items.some((each) => each.of === twin.of)) return twin;
  if (question.way !== "one" && question.way !== "several") return item;
  const count = item.options.length;
  const moved = (index) => (index + 1) % count;
  return { ...item, options: item.options.map((_, index) => item.options[(index + count - 1) % count]), key: item.key.map(moved).sort((x, y) => x - y) };
}

/** Return the index of the missed question to repeat now, or -1, as `Attempt.next_repeat` does. `asked` has all indices asked. */
function nextRepeat(record, total, answered, asked, waiting) {
  const gap = (index) => asked.length - 1 - asked.indexOf(index);
  const least = answered < total ? record.repeat.gap : 0;
  const ready = total < record.repeat.least ? [] : waiting.filter((index) => gap(index) >= least);
  const rank = (index) => [gap(index) === 0, gap(index) < record.repeat.gap, -gap(index)].map(Number);
  const compare = (one, other) => rank(one).map((each, place) => each - rank(other)[place]).find(Boolean) || 0;
  return ready.length ? ready.sort(compare)[0] : -1;
}

/**
 * Return the steps of a quiz, as far as the answers go and one more: its questions, and missed ones once more. `index` is
 * that of the question in the quiz, and `returns` says whether it comes back. Only first answers count.
 */
function listSteps(record, items, given) {
  const steps = [];
  const asked = [];
  let waiting = [];
  let answered = 0;
  let missed = 0;
  while (steps.length <= given.length) {
    const repeat = nextRepeat(record, items.length, answered, asked, waiting);
    const again = repeat >= 0;
    const index = again ? repeat : answered;
    if (index === items.length) break;
    const step = { item: again ? askAgain(record, items, items[index]) : items[index], index, again };
    const answer = given[steps.length];
    steps.push(step);
    asked.push(index);
    if (again) waiting = waiting.filter((each) => each !== index);
    else answered += 1;
    if (!answer || again) continue;
    step.returns = markResponse(record, step.item, answer.response).outcome !== "right" && items.length >= record.repeat.least && missed < record.repeat.most;
    if (step.returns) {
      waiting.push(index);
      missed += 1;
    }
  }
  return steps;
}

/** Return how many missed questions come back in a quiz, or 0 as long as that is not known. */
function repeatsInTotal(record, items, given) {
  const steps = listSteps(record, items, given);
  const firsts = steps.slice(0, given.length).filter(({ again }) => !again);
  const count = firsts.filter(({ returns }) => returns).length;
  return firsts.length === items.length || count === record.repeat.most ? count : 0;
}

/** Return the words of the glossary that a quiz first uses in a question or, if it is answered, in its reasons. */
function newWords(record, items, index, language, isAnswered) {
  const used = (item, after) => ((record.questions[item.of].words || [])[language] || [])[after ? 1 : 0] || [];
  if (!isAnswered && !record.questions[items[index].of].exhibit) return [];
  const known = items.slice(0, index).flatMap((item) => used(item, true));
  return used(items[index], isAnswered).filter((word) => !known.includes(word));
}

/** Return the number of a day, counted from 1 January 1970 in local time. */
function dayNumber(date) {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86400000);
}

/** Return the questions of a day. After the last day of the page comes the first again. */
function itemsOfDay(record, day) {
  return record.days[day % record.days.length];
}

/** Return how many days in a row were played, up to a day, as `count_streak_days` does: a single missed day does not end them. */
function daysInRow(record, days, day) {
  let count = 0;
  let before = day;
  for (const played of Object.keys(days).map(Number).filter((each) => each <= day).sort((one, other) => other - one)) {
    if (before - played - 1 > record.missed) break;
    count += 1;
    before = played;
  }
  return count;
}

/** Return a text of the page in a language, with values for the names in braces. */
function textIn(record, number, language, values) {
  const entry = record.texts[number];
  const found = typeof entry === "string" ? entry : entry[language];
  return values ? found.replace(/\{(\w+)\}/gu, (_, name) => values[name]) : found;
}

/** Write a number with a comma before each three digits. */
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/gu, ",");

/** Return the line to copy after the questions of a day, as `daily_line` does. `kept` is `null` if nothing was at stake. */
function dailyLine(record, language, { day, marks, kept, days }) {
  const date = new Date(day * 86400000);
  const month = textIn(record, record.months[date.getUTCMonth()], language);
  return textIn(record, record.messages[kept === null ? "page.daily-line-plain" : "page.daily-line"], language, {
    date: textIn(record, record.date, language, { day: date.getUTCDate(), month }), marks, kept: kept === null ? "" : grouped(kept), days: Math.max(days, 1),
  });
}

// The page.

function start(record) {
  const screen = document.getElementById("screen");
  const live = document.getElementById("live");
  const store = `quizgen-${record.id}`;
  const TODAY = -1; // in the place of a quiz's number
  const fresh = { quiz: 0, day: 0, given: [], seen: 1, replies: [], results: {}, days: {}, best: null };
  // `given` are the answers of the current quiz, those to repeated questions included; `seen` is how many lines of an
  // exhibit have appeared, `replies` are those chosen; `results` are those of each quiz, `days` those of each day.
  let state = { ...fresh, language: record.language };
  // What is shown: start, step or results. A step that is answered shows its feedback.
  let view = { stage: "start", step: 0 };
  let draft = null;

  function load() {
    try {
      const stored = JSON.parse(localStorage.getItem(store));
      const known = record.quizzes[stored.quiz] || (stored.quiz === TODAY && record.days.length);
      if (known && Array.isArray(stored.given) && record.languages[stored.language]) state = { ...state, ...stored };
    } catch { /* a browser may refuse to store anything, above all for a file */ }
  }

  function save() {
    try {
      localStorage.setItem(store, JSON.stringify(state));
    } catch { /* as above: then the state is lost when the page is closed */ }
  }

  const text = (number) => textIn(record, number, state.language);
  const say = (id, values = {}) => textIn(record, record.messages[id], state.language, values);
  /** Add a blank after a label with a colon, unless the colon is full-width. */
  const withBlank = (words) => (/[：]$/u.test(words) ? words : `${words} `);
  const sayCount = (id, count) => say(count === 1 ? `${id}-one` : id, { count });
  const headingText = (id) => say(id).replace(/[:：]$/u, "");
  const items = () => (state.quiz === TODAY ? itemsOfDay(record, state.day) : record.quizzes[state.quiz].items);
  const steps = () => listSteps(record, items(), state.given);
  const firstAnswers = () => state.given.filter((_, index) => !steps()[index].again);
  const isFinished = () => steps().length === state.given.length;
  const today = () => dayNumber(new Date());
  const sum = (number) => text(record.money.form).replace("#", grouped(number));
  /** Write a sum beside another one that names the currency: only a sign, as in £5, is repeated. */
  const sumBeside = (number) => (text(record.money.form).endsWith("#") ? sum(number) : grouped(number));
  const senderOf = (question) => [].concat(text(question.exhibit.sender)).join("");
  const isRight = (item, response) => markResponse(record, item, response).outcome === "right";

  function el(name, properties, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false) element.setAttribute(key, value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== "" && child !== false));
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

  const initialOf = (question) => (senderOf(question).match(/[\p{L}\p{N}]/u) || [""])[0].toUpperCase();

  /** Return words of an exhibit, with those that decide marked if `revealed`. */
  function words(number, revealed) {
    const pieces = text(number);
    if (typeof pieces === "string") return [pieces];
    return revealed ? pieces.map((piece, place) => (place % 2 ? el("mark", {}, piece) : piece)) : [pieces.join("")];
  }

  /** Draw an exhibit, or its first lines; `choice` draws the lines that can be chosen, `differing` has those that differ from the twin's. */
  function exhibit(question, revealed, { choice, shown, differing = [], replies = [] } = {}) {
    const { context, label, sender, lines, signs } = question.exhibit;
    const frame = record.frames[question.exhibit.frame];
    const differs = (number) => (differing.includes(number) ? el("small", { class: "differs", ...messageLanguage() }, say("page.differs")) : "");
    const figure = el("figure", { class: `exhibit ${frame.classes}` },
      context === undefined ? "" : el("p", { class: "context" }, text(context)),
      el("figcaption", {}, frame.classes.includes("has-avatar") ? el("i", { class: "avatar", "aria-hidden": "true" }, initialOf(question)) : "", withBlank(text(label)), el("b", {}, words(sender, revealed)), differs(0),
        Object.entries(frame.words).map(([part, said]) => el("small", { class: part, "aria-hidden": "true", ...messageLanguage() }, text(said)))));
    const points = Object.entries(question.replies || {});
    const spoken = (who, lineText, own) => el("p", { class: `line${own ? " own" : ""}` }, el("b", {}, withBlank(who)), text(lineText));
    lines.slice(0, shown).forEach(([who, lineText, own], place) => {
      const option = (question.lines || []).indexOf(place + 1);
      const number = question.lines ? `${place + 1}. ` : "";
      const content = [number, who !== null && text(who) ? el("b", {}, withBlank(text(who))) : "", words(lineText, revealed), differs(place + 1)];
      if (choice && option >= 0) figure.append(choice(option, content));
      else figure.append(el("p", { class: `line${own ? " own" : ""}${place + 1 === shown && place ? " new" : ""}` }, content));
      const point = points.findIndex(([number]) => Number(number) === place + 1);
      if (point < 0 || replies[point] === undefined) return;
      const [said, then] = points[point][1][replies[point]];
      figure.append(spoken(say("page.you"), said, 1), ...then.map(([by, thenText, mine]) => spoken(text(by), thenText, mine)));
    });
    if (!revealed || !signs.length) return [figure];
    return [figure, el("ul", { class: "review" },
      signs.map(([sign, reason]) => el("li", {}, el("b", {}, withBlank(text(sign))), text(reason))))];
  }

  // Ways to answer: each draws its inputs, updates the draft, and says what is still missing.

  function choice(type, index, content) {
    const chosen = (draft || []).includes(index);
    const change = (event) => {
      const others = type === "radio" ? [] : (draft || []).filter((each) => each !== index);
      draft = [...others, ...(event.target.checked ? [index] : [])].sort((a, b) => a - b);
    };
    const input = el("input", { type, name: "choice", value: index, checked: chosen, onchange: change });
    return el("label", { class: "choice" }, input, el("span", {}, content));
  }

  const choices = (type, lacks) => ({
    draw: (item) => item.options.map((option, index) => choice(type, index, text(option))),
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

  /** Draw one button for each option, which answers at once. */
  const tap = {
    draw: () => "",
    buttons: (item) => item.options.map((option, index) => button(text(option), () => submitAnswer([index]), { class: "tap", "data-option": index })),
  };

  const line = { ...choices("radio", "app.lacks-choice"), draw: () => "" }; // it is chosen in the exhibit
  const one = choices("radio", "app.lacks-choice");
  const ways = { one, truth: tap, verdict: tap, several: choices("checkbox", "app.lacks-ticks"), line, match, order, fill };

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

  function explanation(item, { response, replies }, again = false) {
    const question = record.questions[item.of];
    const section = (id, number) => [el("h3", messageLanguage(), headingText(id)), el("p", {}, text(number))];
    return [
      question.exhibit ? exhibit(question, true, { replies }) : "",
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

  /** Draw the twin of a missed exhibit, with the lines that differ. */
  function comparison(item, response) {
    const { twin, genuine } = record.questions[item.of];
    if (!twin || isRight(item, response)) return "";
    const other = record.questions[twin.of];
    return el("details", { class: "twin" },
      el("summary", messageLanguage(), say(genuine ? "page.twin-scam" : "page.twin-genuine")),
      exhibit(other, true, { differing: twin.changed }));
  }

  // Money.

  const moneyNow = () => balance(record, items(), firstAnswers());

  /** Say at which line somebody decided. */
  function decision(item, { response, seen }) {
    const { decidingLine: line, isGenuine, exhibit: { lines } = {} } = record.questions[item.of];
    if (response === null || !seen || line === undefined) return "";
    const right = isRight(item, response);
    const said = { seen, line, total: lines.length };
    if (isGenuine) return say(!line ? "page.genuine-sender" : seen >= line && !right ? "page.genuine-read" : "page.genuine-line", said);
    if (!right) return say(!line ? "page.missed-sender" : seen >= line ? "page.missed-read" : "page.missed-before", said);
    return say(!line ? "page.scam-sender" : seen < line ? "page.scam-before" : seen === line ? "page.scam-on" : "page.scam-after", said);
  }

  /** Say what the answer to question `index` costs, why, and what was left. */
  function costSaid(item, index, response) {
    const question = record.questions[item.of];
    const money = moneyNow();
    if (!money || !question.stake) return "";
    const lost = money.costs[index];
    const kept = money.costs.slice(0, index + 1).reduce((left, each) => left - each, money.start);
    if (!lost && !kept) return say("page.gone");
    const isWrongLine = question.way === "line" && response !== null && !isRight(item, response);
    const why = !lost ? (question.isGenuine ? "page.lost-nothing" : "page.lost-not") : isWrongLine ? "page.lost-line"
      : question.isGenuine ? "page.lost-genuine" : isRight(item, response) ? "page.lost-late" : "page.lost-all";
    return say(why, { lost: sum(lost), kept: sum(kept) });
  }

  // Sharing.

  /** Return the lines to share: what came of the quiz, without what was answered. */
  function shareText() {
    const first = firstAnswers();
    const right = items().filter((item, index) => isRight(item, first[index].response)).length;
    const counts = detection(record, items(), first.map(({ response }) => response));
    const money = moneyNow();
    const lines = [record.headline || text(record.title)];
    if (state.quiz === TODAY) {
      const marks = first.map(({ response }, index) => (isRight(items()[index], response) ? "■" : "□")).join("");
      lines.push(dailyLine(record, state.language, { day: state.day, marks, kept: money ? money.kept : null, days: daysInRow(record, state.days, state.day) }));
    } else {
      lines.push(say("page.share-score", { right, total: items().length }));
    }
    if (money && state.quiz !== TODAY) lines.push(say("page.share-kept", { kept: sumBeside(money.kept), start: sum(money.start) }));
    if (counts.scams) lines.push(say("page.share-stopped", counts));
    return [...lines, withBlank(say("page.share-you")).trim(), shareAddress()].filter(Boolean).join("\n");
  }

  const shareAddress = () => (/^https?:$/u.test(location.protocol) ? location.href.split("#")[0] : record.link);

  /** Share by the device, or copy, or show the lines so that they can be copied. */
  async function share(event, shared) {
    const place = event.target.closest(".row");
    try {
      if (navigator.share) {
        await navigator.share({ text: shared });
        return;
      }
      await navigator.clipboard.writeText(shared);
      live.textContent = say("page.copied");
      event.target.textContent = `✓ ${say("page.copied")}`;
    } catch (problem) {
      if (problem && problem.name === "AbortError") return; // somebody changed their mind
      if (document.getElementById("shared")) return;
      place.after(el("label", { for: "shared", ...messageLanguage() }, say("page.copy-this")),
        el("textarea", { id: "shared", readonly: true, rows: 6 }, shared));
      document.getElementById("shared").select();
    }
  }

  const shareRow = (shared) => el("div", { class: "row share" }, button(say("page.share"), (event) => share(event, shared)),
    matchMedia("(pointer: coarse)").matches && el("a", { class: "button", href: `sms:?&body=${encodeURIComponent(shared)}`, ...messageLanguage() }, say("page.send")));

  // The stages.

  function begin(number, day = 0) {
    state = { ...state, quiz: number, day, given: [], seen: 1, replies: [] };
    show("step", 0);
  }

  function next() {
    const count = record.quizzes.length;
    const first = state.quiz === TODAY ? 0 : state.quiz + 1;
    const following = [...Array(count).keys()].map((step) => (first + step) % count);
    const open = following.find((each) => state.results[each] === undefined);
    begin(open === undefined ? following[0] : open);
  }

  function forget() {
    state = { ...fresh, language: state.language };
    show("start");
    try {
      localStorage.removeItem(store);
    } catch { /* then nothing is stored */ }
    live.textContent = say("page.forgotten");
  }

  /** Draw the button that forgets everything, after a question. */
  function forgetRow() {
    const asking = (event) => {
      const place = event.target.closest(".forget");
      replace(place, [el("p", messageLanguage(), say("page.forget-ask")),
        row(button(say("page.forget-no"), () => { place.replaceWith(forgetRow()); }),
          button(say("page.forget-yes"), forget, { class: "danger" }))]);
      place.querySelector("button").focus();
    };
    return el("div", { class: "forget" }, button(say("page.forget"), asking, { class: "quiet" }));
  }

  const several = record.quizzes.length > 1;
  const quizLabel = () => (state.quiz === TODAY ? say("page.today")
    : say("page.which", { number: state.quiz + 1, total: record.quizzes.length, seed: record.quizzes[state.quiz].seed }));
  const hasAnswers = () => state.given.length || Object.keys(state.results).length || Object.keys(state.days).length;

  /** Draw how far the quiz is, and the money. */
  function status() {
    const first = firstAnswers();
    const money = moneyNow();
    const total = items().length;
    const step = steps()[view.step];
    const lost = money && view.step < state.given.length && !step.again ? money.costs[step.index] : 0;
    return el("div", { class: "status" },
      el("div", { class: "track", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": total, "aria-valuenow": first.length,
        "aria-label": say("page.progress", { number: Math.min(first.length + 1, total), total }), ...messageLanguage() },
      [...Array(total).keys()].map((index) => el("i", { class: index >= first.length ? "" : isRight(items()[index], first[index].response) ? "right" : "wrong" }))),
      money ? el("p", { class: "money", ...messageLanguage() }, el("span", { class: "visually-hidden" }, say("page.have", { kept: "" })),
        el("b", {}, sum(money.kept)), lost ? el("span", { class: "loss", "aria-hidden": "true" }, `−${sum(lost)}`) : "") : "");
  }

  /** Draw how many answers of a sort are right, as an item of a list. */
  const scoreBar = (name, right, total, language) => el("li", language,
    el("span", {}, say("take.pair", { left: name, right: `${right}/${total}` })), el("progress", { value: right, max: total, "aria-label": name }));

  /** Say that a missed question comes back and, once it is known, how many do. */
  function repeatNote() {
    const number = steps().slice(0, view.step + 1).filter(({ again }) => again).length;
    const total = repeatsInTotal(record, items(), state.given);
    return total > 1 ? say("page.once-more-of", { number, total }) : say("page.once-more");
  }

  function stepHeading(step) {
    const number = step.index + 1;
    const question = record.questions[step.item.of];
    const id = question.exhibit ? "page.progress" : "take.question"; // a topic could tell what is genuine
    return [heading(say(id, { number, total: items().length, topic: text(question.topic) })),
      step.again ? el("p", { class: "chip", ...messageLanguage() }, repeatNote()) : ""];
  }

  /** Explain words that not every reader knows, where a quiz first uses them. */
  function explainedWords({ index, again }, isAnswered) {
    const found = again ? [] : newWords(record, items(), index, state.language, isAnswered);
    return found.map((number) => {
      const [word, meaning] = record.glossary[number];
      return el("p", { class: "faint" }, say("take.pair", { left: word, right: text(meaning) }));
    });
  }

  function askStep(step, index) {
    const { item } = step;
    const question = record.questions[item.of];
    const way = ways[question.way];
    const unfolds = question.decidingLine !== undefined;
    const total = unfolds ? question.exhibit.lines.length : 0;
    const shown = unfolds ? Math.min(state.seen, total) : undefined;
    const lacks = el("p", { class: "lacks", role: "alert", ...messageLanguage() });
    const answer = (event) => {
      event.preventDefault();
      const lacking = way.lacks();
      lacks.textContent = lacking;
      if (lacking) screen.querySelector("fieldset input, fieldset select, fieldset button").focus();
      else submitAnswer(typeof draft === "string" ? cleanInput(draft) : draft);
    };
    const isLine = question.way === "line";
    const figure = question.exhibit ? exhibit(question, false, { shown, replies: state.replies, choice: isLine && ((...of) => choice("radio", ...of)) }) : [];
    const point = Object.entries(question.replies || {})[state.replies.length];
    const options = point && Number(point[0]) <= shown && shown < total ? point[1] : [];
    const reply = options.length ? el("div", { class: "replies", role: "group", "aria-label": say("page.say") },
      el("p", { class: "faint", ...messageLanguage() }, say("page.say")),
      options.map(([said], choice) => el("button", { type: "button", onclick: () => answerBack(choice) }, text(said)))) : "";
    const more = shown < total && !options.length ? button(say("page.next-line", { number: shown + 1, total }), unfold, { class: "more" }) : "";
    const kept = question.stake && !step.again && moneyNow() ? moneyNow().kept : null;
    const stake = kept === null ? "" : el("p", { class: "stake", ...messageLanguage() },
      kept ? say("page.at-stake", { stake: sum(Math.min(question.stake, kept)) }) : say("page.gone"));
    return [
      status(),
      stepHeading(step),
      el("form", { onsubmit: answer, class: figure.length && !isLine ? "beside" : "" },
        el("div", { class: "shown" }, stake, isLine ? "" : figure, reply),
        el("fieldset", { "aria-describedby": "hint" },
          el("legend", { class: "stem", id: "stem" }, text(question.stem)),
          el("p", { class: "faint", id: "hint", ...messageLanguage() }, say(`page.hint-${question.way}`)),
          isLine ? [figure, way.draw(item)] : way.draw(item)),
        shown < total ? "" : explainedWords(step, false), // they could tell what is still to come
        lacks,
        el("div", { class: "bar" }, more,
          row(way.buttons ? el("div", { class: "taps", role: "group", "aria-labelledby": "stem" }, way.buttons(item))
            : el("button", { type: "submit", class: "main", ...messageLanguage() }, say("page.answer")),
          button(say("page.skip"), () => submitAnswer(null), { class: "skip" })))),
      el("p", { class: "faint which", ...messageLanguage() }, quizLabel()),
    ];
  }

  function tellStep(step, index) {
    const { item, again } = step;
    const answer = state.given[index];
    const isLast = index + 1 === state.given.length && isFinished();
    return [
      status(),
      stepHeading(step),
      verdictLine(item, answer.response),
      el("p", { class: "decision", ...messageLanguage() }, [decision(item, answer), again ? "" : costSaid(item, step.index, answer.response)].filter(Boolean).join(document.documentElement.lang.startsWith("zh") ? "" : " ")),
      el("div", { class: record.questions[item.of].exhibit ? "told" : "plain" }, explanation(item, answer), explainedWords(step, true), comparison(item, answer.response)),
      step.returns && !isLast ? el("p", { class: "faint", ...messageLanguage() }, say("page.comes-back")) : "",
      // A second tap on the answer that was here before does not go on.
      el("div", { class: "bar" }, row(button(say(isLast ? "page.to-result" : "page.next"), (event) => event.detail > 1 || goOn(index), { class: "main" }))),
    ];
  }

  /** Show the next step or the results; a page comes before the repeat of the question just seen. */
  function goOn(index) {
    const [step, next] = steps().slice(index, index + 2);
    if (!next) show("results");
    else show(next.again && next.index === step.index ? "pause" : "step", index + 1);
  }

  const stages = {
    pause() {
      return [
        status(),
        heading(say("page.pause")),
        el("p", messageLanguage(), say("page.pause-why")),
        el("div", { class: "bar" }, row(button(say("page.next"), () => show("step", view.step), { class: "main" }))),
      ];
    },
    start() {
      const total = record.quizzes[0].items.length;
      const invitation = screen.dataset.invitation;
      const going = state.given.length > 0 && !isFinished();
      const isToday = state.quiz === TODAY;
      const goOn = () => button(say("page.go-on", { number: Math.min(firstAnswers().length + 1, items().length) }), () => show("step", state.given.length), { class: "main" });
      const done = state.days[today()];
      const inRow = daysInRow(record, state.days, today());
      const dots = [6, 5, 4, 3, 2, 1, 0].map((back) => el("i", { class: state.days[today() - back] ? "on" : "" }));
      const todayCard = record.days.length ? el("section", { class: "card" },
        el("h2", {}, say("page.today")),
        el("p", { class: "dots", "aria-hidden": "true" }, dots),
        inRow ? el("p", {}, say("page.days", { count: inRow })) : "",
        done ? el("p", {}, el("b", {}, done.marks), " ", say("page.today-done")) : el("p", { class: "faint" }, say("page.today-about")),
        done ? "" : row(going && isToday && state.day === today() ? goOn() : button(say("page.today-begin"), () => begin(TODAY, today()), { class: "main", "data-begin": "today" }))) : "";
      const quizCard = el("section", { class: "card" },
        record.days.length ? el("h2", {}, say("page.quiz")) : "",
        el("p", {}, sayCount("page.about", total)),
        el("p", { class: "faint" }, sayCount("page.holds", record.quizzes.length)),
        going && !isToday
          ? row(goOn(), button(say(several ? "page.another" : "page.again"), next))
          : row(button(say("page.begin"), state.given.length || Object.keys(state.results).length ? next : () => begin(0), { class: "main", "data-begin": "quiz" })));
      return [
        invitation ? el("p", { lang: record.languages[record.language].tag }, invitation) : "",
        record.money && record.questions.some(({ costs }) => costs) ? el("div", { class: "purse" }, el("b", {}, sum(record.money.start)),
          el("p", {}, say("page.game", { sum: sum(record.money.start) })),
          state.best ? el("p", { class: "best" }, say("page.best", { sum: sum(state.best) })) : "") : "",
        el("div", { class: "cards" }, going && !isToday ? [quizCard, todayCard] : [todayCard, quizCard]),
        record.sources.length ? el("details", {}, el("summary", {}, say("page.sources")), record.sources.map((each) => el("p", { class: "faint" }, text(each)))) : "",
        hasAnswers() ? forgetRow() : "",
      ];
    },

    step() {
      const step = steps()[view.step];
      return view.step < state.given.length ? tellStep(step, view.step) : askStep(step, view.step);
    },

    results() {
      const asked = items();
      const answers = firstAnswers().map(({ response }) => response);
      const right = asked.filter((item, index) => isRight(item, answers[index])).length;
      const counts = detection(record, asked, answers);
      const ids = detectionMessages(record, counts);
      const money = moneyNow();
      const topics = new Map();
      asked.forEach((item, index) => {
        const topic = text(record.questions[item.of].topic);
        const [done, total] = topics.get(topic) || [0, 0];
        topics.set(topic, [done + (isRight(item, answers[index]) ? 1 : 0), total + 1]);
      });
      const missed = asked.map((item, index) => [item, answers[index], index]).filter(([item, given]) => !isRight(item, given));
      const worst = money && money.worst;
      return [
        heading(say("page.result")),
        el("div", { class: "purse" },
          money ? el("b", {}, sum(money.kept)) : "",
          money ? el("p", {}, say("page.kept", { kept: sumBeside(money.kept), start: sum(money.start) })) : "",
          el("p", { class: "score" }, say("take.score", { right, total: asked.length })),
          el("p", { class: "boxes", "aria-hidden": "true" }, asked.map((item, index) => (isRight(item, answers[index]) ? "■" : "□")).join("")),
          worst ? el("p", {}, say("page.worst", { exhibit: senderOf(record.questions[asked[worst.index].of]), line: worst.line, lost: sum(worst.sum) })) : "",
          money && state.best ? el("p", { class: "best" }, say("page.best", { sum: sum(state.best) })) : "",
          state.quiz === TODAY ? el("p", {}, say("page.days", { count: daysInRow(record, state.days, state.day) })) : ""),
        shareRow(shareText()),
        ids.filter(Boolean).map((id) => el("p", {}, say(id, counts))),
        el("h3", {}, say(missed.length ? "app.mistakes" : "app.perfect")),
        missed.map(([item, given, index]) => {
          const question = record.questions[item.of];
          const named = question.exhibit ? `${withBlank(text(question.exhibit.label))}${senderOf(question)}` : text(question.stem);
          return el("details", { lang: textTag() }, el("summary", {}, `${index + 1}. ${named}`),
            verdictLine(item, given), explanation(item, firstAnswers()[index], true), comparison(item, given));
        }),
        el("h3", {}, say("take.by-topic")),
        el("ul", { class: "topics", role: "list" }, [...topics].map(([topic, [done, total]]) => scoreBar(topic, done, total, { lang: textTag() }))),
        record.help.length ? el("h3", {}, say("detection.help")) : "",
        record.help.length ? el("dl", { class: "help" },
          record.help.map(([name, what, link]) => [el("dt", {}, link ? el("a", { href: link }, name) : name), el("dd", {}, text(what))])) : "",
        row(state.quiz === TODAY || !several ? "" : button(say("page.again"), () => begin(state.quiz)),
          button(say("page.start"), () => show("start"))),
        forgetRow(),
        el("p", { class: "faint" }, quizLabel()),
        el("div", { class: "bar" }, row(several || state.quiz === TODAY ? button(say("page.another"), next, { class: "main" })
          : button(say("page.again"), () => begin(state.quiz), { class: "main" }))),
      ];
    },
  };

  /** Take an answer; `null` if the person does not know. */
  function submitAnswer(response) {
    const step = steps()[view.step];
    const question = record.questions[step.item.of];
    const seen = question.decidingLine === undefined ? null : Math.min(state.seen, question.exhibit.lines.length);
    state = { ...state, given: [...state.given, { response, seen, ...(state.replies.length ? { replies: state.replies } : {}) }], seen: 1, replies: [] };
    if (firstAnswers().length === items().length && !step.again) keepResult();
    show("step", view.step);
    live.textContent = verdictParts(step.item, response)[2];
  }

  /** Keep the result once every question has its first answer. */
  function keepResult() {
    const first = firstAnswers();
    const marks = items().map((item, index) => (isRight(item, first[index].response) ? "■" : "□")).join("");
    const right = [...marks].filter((mark) => mark === "■").length;
    const money = moneyNow();
    const result = { marks, right, total: items().length, kept: money ? money.kept : null };
    if (state.quiz === TODAY) state = { ...state, days: { ...state.days, [state.day]: result } };
    else state = { ...state, results: { ...state.results, [state.quiz]: result } };
    if (money && state.quiz !== TODAY) state = { ...state, best: Math.max(state.best || 0, money.kept) };
  }

  /** Show the next line of an exhibit. */
  function unfold() {
    state = { ...state, seen: state.seen + 1 };
    drawLine();
  }

  /** Say one of the replies, and show what follows. */
  function answerBack(reply) {
    state = { ...state, replies: [...state.replies, reply] };
    drawLine();
  }

  function drawLine() {
    save();
    draw();
    const added = [...screen.querySelectorAll(".exhibit .line, .exhibit .choice")].pop();
    live.textContent = added.textContent;
    const more = screen.querySelector(".more");
    (screen.querySelector(".replies button") || more || screen.querySelector(".bar button")).focus({ preventScroll: true });
    added.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  /** Show a stage. Each step has one place in the browser's history, so that Back goes back in the quiz. */
  function show(stage, step = 0) {
    const isSame = stage === view.stage && step === view.step;
    view = { stage, step };
    if (isSame) history.replaceState(view, "");
    else history.pushState(view, "");
    display();
  }

  function display() {
    draft = null;
    live.textContent = "";
    save();
    draw();
    const top = document.getElementById("heading") || document.getElementById("title");
    top.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  /** Go where the browser's Back or Forward leads, as far as the quiz has come. */
  function goTo({ state: asked }) {
    const known = asked && stages[asked.stage] ? asked : { stage: "start", step: 0 };
    const length = state.given.length;
    if (["step", "pause"].includes(known.stage) && (length || !known.step)) view = { stage: "step", step: Math.min(known.step, isFinished() ? length - 1 : length) };
    else if (known.stage === "results" && length && isFinished()) view = { stage: "results", step: 0 };
    else view = { stage: "start", step: 0 };
    display();
  }

  function draw() {
    document.documentElement.lang = currentLanguage().tag;
    const title = record.headline || text(record.title);
    document.title = title;
    const asks = view.stage === "step";
    document.body.dataset.stage = view.stage;
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
    replace(screen, stages[view.stage]().flat(Infinity).filter((child) => child !== "" && child !== null));
  }

  function setLanguage(index) {
    state = { ...state, language: index };
    save();
    draw();
  }

  // Paper shows the reasons of mistakes, too.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...screen.querySelectorAll("details:not([open])")];
    folded.forEach((each) => { each.open = true; });
  });
  window.addEventListener("afterprint", () => folded.forEach((each) => { each.open = false; }));

  // If a page from a file asks for localStorage too early, Chromium may give it an empty one that stores nothing (seen in
  // version 156, once in thirty times on a busy machine). After the first frame this never happened.
  requestAnimationFrame(() => setTimeout(() => {
    load();
    if (record.languages.length > 1) {
      document.getElementById("languages").append(
        ...record.languages.map(({ tag, name }, index) => button(name, () => setLanguage(index), { lang: tag })));
    }
    history.replaceState(view, "");
    window.addEventListener("popstate", goTo);
    draw();
  }, 30));
}

if (typeof document !== "undefined") start(JSON.parse(document.getElementById("data").textContent));
