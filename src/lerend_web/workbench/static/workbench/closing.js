// While a round is being closed the list of steps is asked for again and again, so that one sees how far it is.
// The closing itself is the ordinary sending of the form, and goes on when the page is left.
const form = document.getElementById("closing");
const now = document.getElementById("closing-now");
let looking;

const look = async () => {
  try {
    const page = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("ol.series");
    if (fresh) document.querySelector("ol.series").replaceWith(fresh);
  } catch {
    // The next look may succeed; the form's own answer comes in any case.
  }
};

form.addEventListener("submit", () => {
  // After this event, or the button would not be sent.
  setTimeout(() => { form.querySelector("button").disabled = true; });
  now.hidden = false;
  document.querySelector("ol.series").scrollIntoView({ block: "nearest" });
  looking = setInterval(look, 1000);
});

// Whoever comes back to this page finds it as it was before sending.
addEventListener("pageshow", () => {
  clearInterval(looking);
  form.querySelector("button").disabled = false;
  now.hidden = true;
});
