"""The same work in Python: pandas and scikit-learn, a table of errors for each lambda.

    python3 scikit_learn.py --file F --target y --penalty lasso [--cv 10] [--lambda 0.1] [--lambda-count 3]
    python3 scikit_learn.py --train F --test F --lambda 0.3,0.1 --target y --penalty elasticnet --l1-ratio 0.5 [--folds F]

The second form is for comparing results: given rows, given lambdas, tight tolerance. Gaussian only, and without weights or
bounds: scikit-learn has no path for the logistic lasso, nor for those, but one fit after the other.
"""

import argparse

import numpy as np
import pandas as pd
from sklearn.linear_model import LassoCV, Ridge, enet_path
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def parse():
    parser = argparse.ArgumentParser()
    for name in ("file", "target", "family", "penalty", "train", "test", "folds", "thresh"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--cv", type=int)
    parser.add_argument("--l1-ratio", type=float)
    parser.add_argument("--lambda-count", type=int, default=100)
    parser.add_argument("--lambda", dest="lambdas", type=lambda text: [float(part) for part in text.split(",")])
    return parser.parse_args()


def read(file, target, encoder=None):
    """Columns of numbers, then an indicator for each level of the text columns: dense, for its paths are fastest so."""
    table = pd.read_csv(file)
    y = table.pop(target).to_numpy(dtype=float)
    texts = table.select_dtypes(object)
    if texts.shape[1] == 0:
        return table.to_numpy(), y, None
    if encoder is None:
        encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(texts)
    return np.hstack([table.drop(columns=texts.columns).to_numpy(), encoder.transform(texts)]), y, encoder


def parts(options):
    if options.train:
        x, y, encoder = read(options.train, options.target)
        return x, y, *read(options.test, options.target, encoder)[:2]
    x, y, _ = read(options.file, options.target)
    x, x_test, y, y_test = train_test_split(x, y, test_size=0.2, random_state=1)
    return x, y, x_test, y_test


def elastic_net(x, y, options):
    """The coefficients of a whole path, one column each; y and the columns of x have mean 0."""
    ratio = options.l1_ratio or 1.0
    grid = {"eps": smallest_ratio(x), "n_alphas": options.lambda_count}
    if options.cv:
        model = LassoCV(**grid, cv=options.cv, fit_intercept=False, n_jobs=-1).fit(x, y)
        return model.alphas_, enet_path(x, y, l1_ratio=1.0, alphas=model.alphas_)[1]
    given = {"alphas": options.lambdas} if options.lambdas else grid
    precision = {"tol": 1e-8, "max_iter": 1_000_000} if options.train else {}
    return enet_path(x, y, l1_ratio=ratio, **given, **precision)[:2]


def ridge(x, y, options):
    """One closed-form fit for each lambda, as scikit-learn has no path for it; alpha = n * lambda."""
    lambdas = options.lambdas or ridge_grid(x, y, options.lambda_count)
    fits = [Ridge(alpha=len(y) * strength, fit_intercept=False).fit(x, y).coef_ for strength in lambdas]
    return lambdas, np.column_stack(fits)


def ridge_grid(x, y, count):
    """glmnet's and shrinkfit's grid: from the lambda that a mix of 0.001 lasso would start at."""
    largest = np.abs(x.T @ y).max() / len(y) / 0.001
    return np.geomspace(largest, largest * smallest_ratio(x), count)


def smallest_ratio(x):
    return 1e-4 if x.shape[0] >= x.shape[1] else 1e-2


def fit(x, y, options):
    """Scaler, mean of the target, lambdas and coefficients."""
    scaler = StandardScaler().fit(x)
    mean = y.mean()
    lambdas, coefficients = (ridge if options.penalty == "ridge" else elastic_net)(
        np.asfortranarray(scaler.transform(x)), y - mean, options
    )
    return scaler, mean, lambdas, coefficients


def errors(model, x, y):
    """The mean squared error for each lambda."""
    scaler, mean, _, coefficients = model
    return ((y[:, None] - mean - scaler.transform(x) @ coefficients) ** 2).mean(axis=0)


def fold_errors(x, y, options):
    """The error of given folds, each scaled by the rows that it is fitted to, as a mean over all rows."""
    fold_of = np.loadtxt(options.folds, dtype=int)
    folds, sizes = np.unique(fold_of, return_counts=True)
    each = [errors(fit(x[fold_of != k], y[fold_of != k], options), x[fold_of == k], y[fold_of == k]) for k in folds]
    return np.average(each, axis=0, weights=sizes)


def main():
    options = parse()
    x, y, x_test, y_test = parts(options)
    model = fit(x, y, options)
    _, _, lambdas, coefficients = model
    result = {
        "lambda": lambdas,
        "nonzero": (coefficients != 0).sum(axis=0),
        "train": errors(model, x, y),
        "test": errors(model, x_test, y_test),
    }
    if options.folds:
        result["cv"] = fold_errors(x, y, options)
    print(pd.DataFrame(result).to_csv(index=False), end="")


main()
