// Drafts survive a lost connection or a wrong turn, in this tab alone; they go when the words are sent, unless the
// device knows that it has no connection.
export function keepDrafts(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
    const fields = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input:not([type=hidden])")];
    const nameOf = (field: { name: string }) => `draft ${form.dataset.draft} ${field.name}`;
    for (const field of fields) {
      if (field.value === "") field.value = sessionStorage.getItem(nameOf(field)) ?? "";
      field.addEventListener("input", () => sessionStorage.setItem(nameOf(field), field.value));
    }
    form.addEventListener("submit", () => {
      if (!navigator.onLine) return;
      for (const field of fields) sessionStorage.removeItem(nameOf(field));
    });
  }
}
