# Partial invariance where values are missing, for invariance_partial.json. Run in this folder: Rscript invariance_partial.R
suppressMessages(library(lavaan))
answers <- read.csv("holzinger_swineford.csv")
answers$school <- read.csv("holzinger_swineford_school.csv")$school
answers$x2[seq(1, 301, 7)] <- NA
answers$x6[seq(3, 301, 5)] <- NA
answers$x9[seq(3, 301, 5)] <- NA
model <- "visual =~ x1 + x2 + x3
          textual =~ x4 + x5 + x6
          speed =~ x7 + x8 + x9"
fitted <- function(equal, partial) {
  cfa(model, answers, estimator = "MLR", missing = "fiml", std.lv = TRUE, group = "school", group.equal = equal, group.partial = partial)
}
metric <- fitted("loadings", "")
partial <- fitted(c("loadings", "intercepts"), c("x3~1", "x7~1"))
kept <- c("npar", "df", "chisq", "chisq.scaled", "logl", "cfi.robust", "rmsea.robust", "srmr")
measures <- function(fit) paste(sprintf('"%s": %.15g', kept, fitMeasures(fit, kept)), collapse = ", ")
estimates <- subset(parameterEstimates(partial), op %in% c("~1", "=~"))
numbers <- function(values) paste(sprintf("%.15g", values), collapse = ", ")
words <- function(values) paste0('"', values, '"', collapse = ", ")
difference <- lavTestLRT(metric, partial, method = "satorra.bentler.2001")
cat(sprintf('{"id": "invariance_partial", "software": {"R": "4.2.2", "lavaan": "%s"}, "call": "invariance_partial.R", "values": {\n', packageVersion("lavaan")))
cat(sprintf('"metric": {%s},\n"partial": {%s},\n', measures(metric), measures(partial)))
cat(sprintf('"par": {"lhs": [%s], "op": [%s], "rhs": [%s], "group": [%s], "est": [%s], "se": [%s]},\n', words(estimates$lhs), words(estimates$op), words(estimates$rhs), numbers(estimates$group), numbers(estimates$est), numbers(estimates$se)))
cat(sprintf('"difference": {"chisq.diff": %.15g}\n}}\n', difference[2, "Chisq diff"]))
