// Takes the code from behind the # of the address: that part is never sent by itself. What was typed stays.
const field = document.getElementById("code");
if (field && location.hash.length > 1) field.value = decodeURIComponent(location.hash.slice(1));
for (const link of document.querySelectorAll("[data-keeps-code]")) link.hash = location.hash;
