// Whoever comes back from the tab with the questions finds this page as it is now.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") location.reload();
});
