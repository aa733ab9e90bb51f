# The same work in R: data.table::fread and glmnet, a table of errors for each lambda.
#
#   Rscript glmnet.R --file F --target y --family gaussian --penalty lasso [--cv 10]
#   Rscript glmnet.R --train F [--test F] --target y --family gaussian --penalty ridge [--lambda 0.3,0.1] [--thresh 1e-14]
#                    [--folds F] [--coefficients F --at 1,50,100]
#
# The first form splits the rows as a user would. The second is for comparing results: given rows, given lambdas. Options of the
# problem are those of shrinkfit, by name and meaning: --l1-ratio, --lambda, --lambda-count, --weights, --nonnegative, --lower,
# --upper, --penalty-factor, --no-standardize, --no-intercept.

arguments <- commandArgs(trailingOnly = TRUE)
flag <- function(name) paste0("--", name) %in% arguments
option <- function(name) {
  at <- match(paste0("--", name), arguments)
  if (is.na(at)) NULL else arguments[at + 1]
}
numbers <- function(name) if (is.null(option(name))) NULL else as.numeric(strsplit(option(name), ",")[[1]])

suppressPackageStartupMessages({
  library(data.table)
  library(Matrix)
  library(glmnet)
})
loaded <- proc.time() # what loading took, on the processor and on the wall
setDTthreads(0) # all cores; fread would take half of them

family <- option("family")
ratio <- switch(option("penalty"), lasso = 1, ridge = 0, elasticnet = as.numeric(option("l1-ratio")))
intercept <- !flag("no-intercept")
threshold <- if (is.null(option("thresh"))) 1e-7 else as.numeric(option("thresh"))

# Columns of text become an indicator for each level, in a sparse matrix: glmnet is much faster on it.
encode <- function(table, levels) {
  plain <- as.matrix(table[, setdiff(names(table), names(levels)), with = FALSE])
  if (length(levels) == 0) return(plain)
  indicators <- lapply(names(levels), function(name) {
    code <- match(levels(table[[name]]), levels[[name]])[as.integer(table[[name]])]
    known <- which(!is.na(code))
    sparseMatrix(known, code[known], x = 1, dims = c(nrow(table), length(levels[[name]])),
                 dimnames = list(NULL, paste0(name, "=", levels[[name]])))
  })
  blocks <- if (ncol(plain) == 0) indicators else c(list(Matrix(plain, sparse = TRUE)), indicators)
  do.call(cbind, blocks)
}

read_part <- function(file, levels = NULL) {
  table <- fread(file, stringsAsFactors = TRUE)
  y <- table[[option("target")]]
  w <- if (is.null(option("weights"))) rep(1, length(y)) else table[[option("weights")]]
  table[, c(option("target"), option("weights")) := NULL]
  if (is.null(levels)) {
    texts <- names(table)[sapply(table, is.factor)]
    levels <- setNames(lapply(texts, function(name) levels(table[[name]])), texts)
  }
  list(x = encode(table, levels), y = y, w = w, levels = levels)
}

rows_of <- function(part, rows) list(x = part$x[rows, , drop = FALSE], y = part$y[rows], w = part$w[rows])

test <- NULL
if (is.null(option("file"))) {
  train <- read_part(option("train"))
  if (!is.null(option("test"))) test <- read_part(option("test"), train$levels)
} else {
  all <- read_part(option("file"))
  set.seed(1)
  held_out <- sample(nrow(all$x), round(0.2 * nrow(all$x)))
  train <- rows_of(all, -held_out)
  test <- rows_of(all, held_out)
  rm(all)
}

# NAME=VALUE,... as a vector along the columns.
along_columns <- function(name, otherwise) {
  values <- setNames(rep(otherwise, ncol(train$x)), colnames(train$x))
  if (is.null(option(name))) return(unname(values))
  pairs <- strsplit(option(name), ",")[[1]]
  values[sub("=[^=]*$", "", pairs)] <- as.numeric(sub("^.*=", "", pairs))
  unname(values)
}
factors <- along_columns("penalty-factor", 1)
lower <- along_columns("lower", if (flag("nonnegative")) 0 else -Inf)
upper <- along_columns("upper", Inf)

# glmnet divides a gaussian target by its deviation s (divisor n; from 0 without an intercept), solves, and scales back. In units
# of the target its penalty is  lambda (alpha |b| + (1 - alpha) / s b^2 / 2):  so the textbook problem (lambda, ratio) is its
# problem (lambda strength, ratio / strength) with strength = ratio + s (1 - ratio). It also divides factors by their mean.
spread <- function(y, w) {
  centre <- if (intercept) weighted.mean(y, w) else 0
  sqrt(weighted.mean((y - centre)^2, w))
}
strength <- if (family == "gaussian") ratio + spread(train$y, train$w) * (1 - ratio) else 1
unit <- strength * mean(factors)
count <- if (is.null(option("lambda-count"))) 100 else as.integer(option("lambda-count"))
lambda <- if (is.null(option("lambda"))) NULL else numbers("lambda") * unit

solve <- function(fit, ...) {
  fit(train$x, train$y, weights = train$w, family = family, alpha = ratio / strength, standardize = !flag("no-standardize"),
      intercept = intercept, nlambda = count, lambda = lambda, thresh = threshold,
      maxit = if (threshold < 1e-7) 1e8 else 1e5, penalty.factor = factors, lower.limits = lower, upper.limits = upper, ...)
}
# To a tight threshold tall gaussian problems are given by their Gram matrix, whatever the number of columns: the same optimum,
# much sooner. Otherwise the choice is glmnet's own.
type <- if (threshold == 1e-7) ncol(train$x) < 500 else nrow(train$x) > ncol(train$x)
type <- if (type) "covariance" else "naive"

cross_validation <- NULL
if (is.null(option("folds")) && is.null(option("cv"))) {
  fit <- solve(glmnet, type.gaussian = type)
} else {
  folds <- if (is.null(option("folds"))) NULL else scan(option("folds"), quiet = TRUE)
  count_of_folds <- if (is.null(folds)) as.integer(option("cv")) else max(folds)
  # "deviance" is the squared error, or twice the logistic loss.
  validated <- solve(cv.glmnet, type.gaussian = type, foldid = folds, nfolds = count_of_folds, type.measure = "deviance")
  fit <- validated$glmnet.fit
  twice <- if (family == "gaussian") 1 else 2
  cross_validation <- data.frame(cv = validated$cvm / twice, standard_error = validated$cvsd / twice)
}

error <- function(part) {
  if (is.null(part)) return(NA)
  eta <- predict(fit, part$x)
  loss <- if (family == "gaussian") (part$y - eta)^2 else log1p(exp(-abs(eta))) + pmax(eta, 0) - part$y * eta
  colSums(part$w * loss) / sum(part$w)
}
result <- data.frame(lambda = fit$lambda / unit, nonzero = fit$df, train = error(train), test = error(test))
if (!is.null(cross_validation)) result <- cbind(result, cross_validation[seq_len(nrow(result)), ])
fwrite(result, "", row.names = FALSE)

# The intercept (without a name), then each feature; a column for each of some lambdas.
if (!is.null(option("coefficients"))) {
  at <- intersect(numbers("at"), seq_along(fit$lambda))
  table <- cbind(c("", rownames(fit$beta)), as.data.table(rbind(fit$a0[at], as.matrix(fit$beta[, at, drop = FALSE]))))
  fwrite(table, option("coefficients"), col.names = FALSE)
  message("loaded after ", loaded[["user.self"]] + loaded[["sys.self"]], " ", loaded[["elapsed"]])
}
