# What `shrinkfit predict` does, in R: data.table::fread, a linear predictor, data.table::fwrite.
#
#   Rscript predict.R COEFFICIENTS.csv FILE OUT
#
# COEFFICIENTS.csv has the columns feature and coefficient; the intercept is the feature without a name.

suppressPackageStartupMessages(library(data.table))
setDTthreads(0) # all cores; fread and fwrite would take half of them

arguments <- commandArgs(trailingOnly = TRUE)
coefficients <- fread(arguments[1])
table <- fread(arguments[2])
named <- coefficients[feature != ""]
intercept <- coefficients[feature == "", sum(coefficient)]
x <- as.matrix(table[, named$feature, with = FALSE])
table[, prediction := intercept + as.vector(x %*% named$coefficient)]
fwrite(table, arguments[3])
