/** Languages that a model can be written in. */
export const EXPORT_LANGUAGES = ['sql', 'js', 'python', 'r'] as const;
export type ExportLanguage = (typeof EXPORT_LANGUAGES)[number];

/** Databases whose SQL is known. */
export const SQL_DIALECTS = ['postgres', 'duckdb', 'clickhouse', 'sqlite'] as const;
export type SqlDialectName = (typeof SQL_DIALECTS)[number];

/** What a model is to be written as. */
export type ExportRequest =
  | { readonly to: 'js' | 'python' | 'r' }
  | {
      readonly to: 'sql';
      readonly dialect: SqlDialectName;
      /** The table of the query; a dot separates a schema from its table. */
      readonly table: string;
      /** Only the expression of the prediction, or of the probability, without a query around it. */
      readonly expression: boolean;
    };

/** Tools that a fit can be written for. */
export const RECIPE_TOOLS = ['sklearn', 'glmnet'] as const;
export type RecipeTool = (typeof RECIPE_TOOLS)[number];
