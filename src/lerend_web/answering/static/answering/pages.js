// From page to page without leaving the document: what is in memory stays there and never stands in an address.
// A document that XMLHttpRequest parsed runs no script; it passes Trusted Types because nothing is made from a string.

import { session } from "./session.js";

// The one document with the form that this person has.
export function toSheet() {
  const address = new URL(document.body.dataset.answer, location.href);
  address.searchParams.set("form", session.form);
  address.searchParams.set("lang", document.documentElement.lang);
  return address.href;
}

export function fetchPage(address) {
  return new Promise((found, lost) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.timeout = 20000;
    request.onload = () => (request.status < 500 && request.response?.body ? found(request.response) : lost(new Error("no page")));
    request.onerror = request.ontimeout = () => lost(new Error("no connection"));
    request.send();
  });
}

export async function visit(address) {
  const page = await fetchPage(address);
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  history.replaceState(null, "", address);
}
