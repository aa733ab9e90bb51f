# The same work in R: data.table::fread and glmnet, a table of errors for each lambda.
#
#   Rscript glmnet.R --file F --target y --family gaussian --penalty lasso [--cv 10]
#   Rscript glmnet.R --train F --test F --lambda 0.3,0.1 --thresh 1e-14 --target y --family gaussian --penalty ridge
#                    [--folds F]
#
# The second form is for comparing results: given rows, given lambdas (those of the textbook problem), tight tolerance.

arguments <- commandArgs(trailingOnly = TRUE)
option <- function(name) {
  at <- match(paste0("--", name), arguments)
  if (is.na(at)) NULL else arguments[at + 1]
}

suppressPackageStartupMessages({
  library(data.table)
  library(glmnet)
})
setDTthreads(0) # all cores; fread would take half of them

read_part <- function(file) {
  table <- fread(file)
  target <- option("target")
  list(x = as.matrix(table[, setdiff(names(table), target), with = FALSE]), y = table[[target]])
}

rows_of <- function(part, rows) list(x = part$x[rows, , drop = FALSE], y = part$y[rows])

family <- option("family")
alpha <- if (option("penalty") == "lasso") 1 else 0
matched <- !is.null(option("lambda"))

if (matched) {
  train <- read_part(option("train"))
  test <- read_part(option("test"))
} else {
  all <- read_part(option("file"))
  set.seed(1)
  held_out <- sample(nrow(all$x), round(0.2 * nrow(all$x)))
  train <- rows_of(all, -held_out)
  test <- rows_of(all, held_out)
  rm(all)
}

# glmnet divides a gaussian target by its deviation (divisor n), so for ridge its lambda is the textbook's times that.
# For the lasso the two agree.
scale_of_lambda <- function(y) {
  if (family == "gaussian" && alpha == 0) sqrt(mean((y - mean(y))^2)) else 1
}

error <- function(y, eta) {
  if (family == "gaussian") return(colMeans((y - eta)^2))
  colMeans(log1p(exp(-abs(eta))) + pmax(eta, 0) - y * eta)
}

cross_validation <- NULL
if (matched) {
  lambda <- as.numeric(strsplit(option("lambda"), ",")[[1]])
  # Tall gaussian problems are given by their Gram matrix, whatever the number of columns: the same optimum, much sooner.
  fit_matched <- function(fit, ...) {
    fit(train$x, train$y, family = family, alpha = alpha, standardize = TRUE, maxit = 1e8,
        thresh = as.numeric(option("thresh")), lambda = lambda * scale_of_lambda(train$y),
        type.gaussian = if (nrow(train$x) > ncol(train$x)) "covariance" else "naive", ...)
  }
  if (is.null(option("folds"))) {
    fit <- fit_matched(glmnet)
  } else {
    # "deviance" is the squared error, or twice the logistic loss.
    validated <- fit_matched(cv.glmnet, foldid = scan(option("folds"), quiet = TRUE), type.measure = "deviance")
    fit <- validated$glmnet.fit
    unit <- if (family == "gaussian") 1 else 2
    cross_validation <- data.frame(cv = validated$cvm / unit, standard_error = validated$cvsd / unit)
  }
} else if (is.null(option("cv"))) {
  fit <- glmnet(train$x, train$y, family = family, alpha = alpha, standardize = TRUE, nlambda = 100)
} else {
  validated <- cv.glmnet(train$x, train$y, family = family, alpha = alpha, standardize = TRUE, nlambda = 100,
                         nfolds = as.integer(option("cv")))
  fit <- validated$glmnet.fit
  cross_validation <- data.frame(cv = validated$cvm, standard_error = validated$cvsd)
}

result <- data.frame(
  lambda = fit$lambda / (if (matched) scale_of_lambda(train$y) else 1),
  nonzero = fit$df,
  train = error(train$y, predict(fit, train$x)),
  test = error(test$y, predict(fit, test$x))
)
if (!is.null(cross_validation)) result <- cbind(result, cross_validation[seq_len(nrow(result)), ])
fwrite(result, "", row.names = FALSE)
