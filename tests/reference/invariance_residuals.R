# The last step of ordinal invariance, for invariance_residuals.json. Run in this folder: Rscript invariance_residuals.R
suppressMessages(library(lavaan))
answers <- read.csv("bfi_by_gender.csv")
items <- c("A2", "A1", "A3", "A4", "A5", "N1", "N2", "N3", "N4", "N5")
answers <- answers[complete.cases(answers[, items]), ]
model <- "A =~ A2 + A1 + A3 + A4 + A5
          N =~ N1 + N2 + N3 + N4 + N5"
fit <- cfa(model, answers,
  ordered = TRUE, estimator = "WLSMV", parameterization = "theta", std.lv = TRUE, group = "gender",
  group.equal = c("thresholds", "loadings", "intercepts", "residuals"), se = "none"
)
cat(sprintf("%.15g", fitMeasures(fit, c("npar", "df", "chisq", "chisq.scaled"))), "\n")
