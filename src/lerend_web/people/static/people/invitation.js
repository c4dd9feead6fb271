// The code of an invitation stands behind the # of its link, so that it is never sent with the address.
// This puts it into the form, and takes it out of the address and the browser's history.
const code = decodeURIComponent(location.hash.slice(1));
if (code) {
  document.getElementById("id_code").value = code;
  history.replaceState(null, "", location.pathname);
  document.getElementById("id_password1").focus();
}
