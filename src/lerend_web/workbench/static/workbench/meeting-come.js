// Takes the code from behind the # of the address: that part is never sent by itself.
const field = document.getElementById("code");
if (field) field.value = decodeURIComponent(location.hash.slice(1));
for (const link of document.querySelectorAll("[data-keeps-code]")) link.hash = location.hash;
