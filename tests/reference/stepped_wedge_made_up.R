# Numbers in stepped_wedge_made_up.json, from stepped_wedge_made_up.csv.
# Rscript stepped_wedge_made_up.R > stepped_wedge_made_up.json
suppressPackageStartupMessages({library(lme4); library(lmerTest); library(jsonlite)})
d <- read.csv("stepped_wedge_made_up.csv")
d$pp <- factor(d$period); d$tp <- interaction(d$team, d$period); d$id <- interaction(d$team, d$person)
first <- tapply(ifelse(d$started == 1, d$period, NA), d$team, min, na.rm = TRUE)
d$exposure <- factor(ifelse(d$started == 1, d$period - first[as.character(d$team)] + 1, 0))
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e5))
told <- function(random) {
  f <- lmer(as.formula(paste("outcome ~ started + pp +", random)), d, REML = TRUE, control = tight)
  ml <- lmer(as.formula(paste("outcome ~ started + pp +", random)), d, REML = FALSE, control = tight)
  s <- summary(f)$coefficients["started", ]
  list(random = random, est = s[["Estimate"]], se = s[["Std. Error"]], df = s[["df"]], p = s[["Pr(>|t|)"]],
       fixef = unname(fixef(f)), vcov = as.data.frame(VarCorr(f))$vcov, loglik = as.numeric(logLik(f)),
       ml_loglik = as.numeric(logLik(ml)), ml_est = fixef(ml)[["started"]],
       ranef = lapply(ranef(f), function(r) { m <- as.matrix(r); list(group = rownames(m), effect = unname(m)) }))
}
e <- lmer(outcome ~ exposure + pp + (1 | team), d, REML = TRUE, control = tight)
k <- grep("exposure", names(fixef(e))); w <- rep(1 / length(k), length(k))
values <- list(
  hussey_hughes = told("(1 | team)"), nested_exchangeable = told("(1 | team) + (1 | tp)"),
  random_treatment = told("(started | team)"), cohort = told("(1 | team) + (1 | id)"),
  exposure = list(est = unname(fixef(e)[k]), se = unname(sqrt(diag(as.matrix(vcov(e))))[k]),
                  tate = sum(w * fixef(e)[k]), tate_se = sqrt(drop(t(w) %*% as.matrix(vcov(e))[k, k] %*% w))))
cat(toJSON(list(
  id = "stepped_wedge_made_up", method = "stepped-wedge mixed models, REML and ML, Satterthwaite",
  data = list(file = "stepped_wedge_made_up.csv"),
  software = list(R = as.character(getRversion()), lme4 = as.character(packageVersion("lme4")),
                  lmerTest = as.character(packageVersion("lmerTest"))),
  call = "lmerTest::lmer(outcome ~ started + factor(period) + random, bobyqa rhoend=1e-10)",
  tolerance = list(est_rel = 1e-5, var_rel = 1e-4, loglik_abs = 1e-6), values = values),
  auto_unbox = TRUE, digits = 15, pretty = TRUE))
