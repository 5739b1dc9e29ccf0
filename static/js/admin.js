// In the administration: a field that searches while one types is read out by its label, as every
// other field is. The library that draws it leaves it without a name.
function nameSearchFields() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const field = select.parentElement.querySelector(".select2-selection");
    const chosen = field?.querySelector(".select2-selection__rendered");
    if (label && chosen) {
      label.id = `${select.id}-label`;
      field.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
      chosen.setAttribute("aria-labelledby", label.id);
    }
  }
}

window.django?.jQuery?.(nameSearchFields); // after the library, which waits for the same moment
document.addEventListener("formset:added", nameSearchFields);
