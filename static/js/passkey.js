// Lets the page's one passkey button ask the browser; allauth's scripts send what it says.
"use strict";

const button = document.getElementById("passkey");
const problem = document.getElementById("passkey-problem");

function say(text) {
  problem.textContent = text;
  problem.hidden = false;
}

if (button && !window.PublicKeyCredential) {
  say(problem.dataset.unsupported);
} else if (button) {
  button.hidden = false;
  window.allauth.webauthn.forms[button.dataset.form]({
    ids: {
      add: "passkey",
      authenticate: "passkey",
      credential: "id_credential",
      data: "passkey-options",
    },
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    say(problem.dataset.failed);
  });
}
