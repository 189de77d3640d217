// Every kind of private writing with every field that it has; space.test.mjs fails when one is missing here.

/** Kinds by name: where the API keeps them, their schema, and a body with `word()` in each text. */
export function every_kind(word) {
  return {
    journal: { path: "journal", schema: "JournalEntryFields", body: () => ({ kind: "dialogue", text: word(), month: "2026-05", voice: "kind_friend", turns: 1 }) },
    plan: { path: "plan", schema: "PlanFields", body: () => Object.fromEntries(["signs", "alone", "around", "ask", "services", "safer", "reasons"].map((field) => [field, word()])) },
    card: { path: "cards", schema: "CardFields", body: () => ({ title: word(), text: word() }) },
    goal: {
      path: "goals", schema: "GoalFields",
      body: () => ({ what: word(), measure: word(), possible: word(), value: word(), serves: word(), by: word(), domain: "home", state: "active", kept: word(), steps: [{ text: word(), state: "open", milestone: word(), done: ["2026-05-01"], tries: [{ day: "2026-05-01", what: word(), next: word() }] }], review: "month", review_later: "2026-05-01", reviews: [{ day: "2026-05-01", celebrate: word(), reframe: word(), recalibrate: word() }] }),
    },
    story: {
      path: "stories", schema: "StoryFields",
      body: () => ({ intend: word(), happened: word(), felt: word(), did: word(), strengths: [{ name: word(), shows: word() }], values: [word()], means: word(), next: word(), again: "season" }),
    },
    pacing: { path: "pacing", schema: "PacingFields", body: () => ({ pause_after: "20", pause_after_heavy: "3", late_from: "22:00", late_to: "06:00", clock: "+01:00", zone: "Europe/Paris", late_posts: "wait", no_self_harm: "2026-05-01", no_violence: "2026-05-01", no_sex: "2026-05-01", no_abuse: "2026-05-01", no_hard_words: "2026-05-01", muted: [word()] }) },
    waiting: { path: "waiting", schema: "WaitingFields", body: () => ({ thread: "0123456789abcdef0123456789abcdef", circle: "0123456789abcdef0123456789abcdef", title: word(), text: word(), key: word(), how: "wait", until: word() }) },
    value: { path: "values", schema: "ValueFields", body: () => ({ very: [word()], somewhat: [word()], not_now: [word()], chosen: [{ name: word(), matters: 4, room: 1, step: word() }] }) },
    experiment: { path: "experiments", schema: "ExperimentFields", body: () => ({ what: word(), expect: word(), entry: "0123456789abcdef0123456789abcdef", day: "2026-05-01", before: 2, after: 3, noticed: word(), then: "keep" }) },
    habit: { path: "habits", schema: "HabitFields", body: () => ({ name: word(), kind: "own", unit: word(), state: "active", from: word() }) },
    mood: { path: "moods", schema: "MoodFields", body: () => ({ day: "2026-05-01", level: 2, tags: [word()], doing: word(), helped: word(), note: word() }) },
  };
}
export const is_only = (path) => path === "plan" || path === "pacing"; // of which there is one
