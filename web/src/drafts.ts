// Drafts survive a lost connection or a wrong turn, in this tab alone; they go when the words are sent, unless the
// device knows that it has no connection, and with whoever wrote them.
const is_draft = "draft ";

/** Whoever sits here next finds nothing of what was begun. */
export function forgetDrafts(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(is_draft)) sessionStorage.removeItem(name);
}

export function keepDrafts(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
    const fields = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input:not([type=hidden])")];
    const nameOf = (field: { name: string }) => `${is_draft}${form.dataset.draft} ${field.name}`;
    for (const field of fields) {
      if (field.value === "") field.value = sessionStorage.getItem(nameOf(field)) ?? "";
      field.addEventListener("input", () => sessionStorage.setItem(nameOf(field), field.value));
    }
    form.addEventListener("submit", () => {
      if (!navigator.onLine) return;
      for (const field of fields) sessionStorage.removeItem(nameOf(field));
    });
  }
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-forgets]")) form.addEventListener("submit", forgetDrafts);
}
