# Paths between factors, for paths.json and its two data sets. Run in this folder: Rscript paths.R > paths.json
suppressMessages(library(lavaan))
write.csv(PoliticalDemocracy, "political_democracy.csv", row.names = FALSE, quote = FALSE)
set.seed(20)
n <- 400
age <- rnorm(n)
tenure <- 0.4 * age + rnorm(n)
trust <- rnorm(n)
safety <- 0.5 * trust + 0.3 * age + 0.8 * rnorm(n)
learning <- 0.4 * safety + 0.3 * tenure + 0.7 * (rexp(n) - 1)
score <- 0.5 * learning + rnorm(n)
item <- function(factor, loading) loading * factor + 0.6 * rnorm(n)
made <- data.frame(
  t1 = item(trust, 1), t2 = item(trust, 0.8), t3 = item(trust, 0.7), s1 = item(safety, 1), s2 = item(safety, 0.8),
  s3 = item(safety, 0.7), l1 = item(learning, 1), l2 = item(learning, 0.8), l3 = item(learning, 0.7),
  age = age, tenure = tenure, score = score
)
write.csv(round(made, 4), "paths_made_up.csv", row.names = FALSE, quote = FALSE)
made <- read.csv("paths_made_up.csv")
for (column in c("age", "tenure", "score")) made[[column]] <- made[[column]] - mean(made[[column]])
democracy <- "ind60 =~ x1 + x2 + x3
              dem60 =~ y1 + y2 + y3 + y4
              dem65 =~ y5 + y6 + y7 + y8
              dem60 ~ ind60
              dem65 ~ ind60 + dem60
              y1 ~~ y5
              y2 ~~ y4 + y6
              y3 ~~ y7
              y4 ~~ y8
              y6 ~~ y8"
measured <- "trust =~ t1 + t2 + t3
             safety =~ s1 + s2 + s3
             learning =~ l1 + l2 + l3
             safety ~ trust + age
             learning ~ safety + tenure
             score ~ learning"
holes <- PoliticalDemocracy
holes$y2[seq(1, 75, 7)] <- NA
holes$x3[seq(3, 75, 9)] <- NA
holes$y7[seq(2, 75, 5)] <- NA
numbers <- function(values) paste(ifelse(is.na(values), "null", sprintf("%.15g", values)), collapse = ", ")
words <- function(values) paste0('"', values, '"', collapse = ", ")
told <- function(name, fit) {
  fit_measures <- unclass(fitMeasures(fit))
  keep <- grep("^(npar|chisq|df|pvalue|baseline.chisq|baseline.df|cfi|tli|logl|unrestricted|aic|bic$|srmr$|rmsea)", names(fit_measures))
  keep <- keep[!grepl("notclose|close|pvalue.scaled", names(fit_measures)[keep])]
  par <- parameterEstimates(fit)
  par$std_all <- standardizedSolution(fit)$est.std[seq_len(nrow(par))]
  par$std_se <- standardizedSolution(fit)$se[seq_len(nrow(par))]
  measures <- paste(sprintf('"%s": %s', names(fit_measures)[keep], vapply(fit_measures[keep], numbers, "")), collapse = ", ")
  sprintf(
    '"%s": {"fit": {%s},\n"par": {"lhs": [%s], "op": [%s], "rhs": [%s], "est": [%s], "se": [%s], "std_all": [%s], "std_se": [%s]}}',
    name, measures, words(par$lhs), words(par$op), words(par$rhs), numbers(par$est), numbers(par$se), numbers(par$std_all),
    numbers(par$std_se)
  )
}
fitted <- function(model, data, ...) {
  sem(model, data, meanstructure = TRUE, auto.cov.y = FALSE, ...)
}
cat(sprintf('{"id": "paths", "software": {"R": "4.2.2", "lavaan": "%s"}, "call": "paths.R", "values": {\n', packageVersion("lavaan")))
cat(paste(c(
  told("democracy_ML", fitted(democracy, PoliticalDemocracy)),
  told("democracy_MLR", fitted(democracy, PoliticalDemocracy, estimator = "MLR")),
  told("holes_ML", fitted(democracy, holes, missing = "fiml")),
  told("holes_MLR", fitted(democracy, holes, estimator = "MLR", missing = "fiml")),
  told("measured_ML", fitted(measured, made)),
  told("measured_MLR", fitted(measured, made, estimator = "MLR")),
  told("measured_MLM", fitted(measured, made, estimator = "MLM", fixed.x = FALSE))
), collapse = ",\n"))
cat("\n}}\n")
