import { BLANKS, IDEOGRAPHIC_DOT, LETTERS, NEWER } from "./code-points"
import { LONGEST_LABEL, PUNYCODE } from "./punycode"

/** The database's own function for what is not plain ASCII. Its name changes with what it does: indexes rest on it. */
export const EMAIL_FORM = "privacy_email_form"

const text = (codePoints: number[]) => codePoints.map((codePoint) => String.fromCodePoint(codePoint)).join("")
const escaped = (codePoint: number) => `\\U${codePoint.toString(16).padStart(8, "0")}`
const all = (ranges: [number, number][]) => ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, place) => first + place))
const constant = (codePoints: number[]) => `E'${codePoints.map(escaped).join("")}'`

const ASCII_BLANKS = constant(all(BLANKS).filter((blank) => blank < 0x80))
const NEWER_CLASS = `E'[${NEWER.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join("")}]'`

/**
 * The comparison form of an e-mail address as SQL; `normalizeEmail` says what it is. Both sides of every comparison go through this one expression.
 * It depends on no locale and no collation, so that indexes can be made on it. Plain ASCII, which nearly all are, needs no function call.
 */
export function normalizedEmail(expression: string): string {
  const plain = `octet_length(${expression}) = char_length(${expression}) AND strpos(lower(${expression} COLLATE "C"), '${PUNYCODE}') = 0`
  return `(CASE WHEN ${plain} THEN lower(btrim(${expression}, ${ASCII_BLANKS}) COLLATE "C") ELSE ${EMAIL_FORM}(${expression}) END COLLATE "C")`
}

/** Steps that both halves of the function need, on the variable `form`. */
const FOLD = `
    IF form !~ newer THEN
      form := normalize(form, NFKC);
    END IF;
    form := translate(lower(form COLLATE "C"), capitals, small);
    IF form !~ newer THEN
      form := normalize(form, NFKC);
    END IF;
    form := btrim(form, blanks);`

/** Creates the function; for the migration. It names nothing but what is Postgres' own, so that a dump can be restored anywhere. */
export const CREATE_EMAIL_FORM = `
CREATE OR REPLACE FUNCTION ${EMAIL_FORM}(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
  newer CONSTANT text := ${NEWER_CLASS};
  blanks CONSTANT text := ${constant(all(BLANKS))};
  capitals CONSTANT text := '${text(LETTERS.map(([capital]) => capital))}';
  small CONSTANT text := '${text(LETTERS.map(([, letter]) => letter))}';
  form text := given;
  email text;
  domain text := '';
  label text;
  encoded text;
  points int[];
  delimiter int;
  pos int;
  code_point int;
  bias int;
  place bigint;
  before bigint;
  weight bigint;
  rest bigint;
  k int;
  threshold int;
  digit int;
BEGIN
  ${FOLD}
  email := form;
  IF strpos(email, '@') = 0 THEN
    RETURN email;
  END IF;
  pos := length(email) - strpos(reverse(email), '@') + 1;
  FOREACH label IN ARRAY string_to_array(replace(substr(email, pos + 1), ${constant([IDEOGRAPHIC_DOT.codePointAt(0) as number])}, '.'), '.') LOOP
    <<decode>>
    BEGIN
      EXIT decode WHEN left(label, 4) <> '${PUNYCODE}' OR length(label) > ${LONGEST_LABEL};
      encoded := substr(label, 5);
      delimiter := CASE WHEN strpos(encoded, '-') = 0 THEN 0 ELSE length(encoded) - strpos(reverse(encoded), '-') + 1 END;
      EXIT decode WHEN delimiter > 1 AND octet_length(left(encoded, delimiter - 1)) <> delimiter - 1;
      points := ARRAY(SELECT ascii(letter) FROM regexp_split_to_table(left(encoded, greatest(delimiter - 1, 0)), '') AS letter WHERE letter <> '');
      code_point := 128; bias := 72; place := 0;
      delimiter := CASE WHEN delimiter > 1 THEN delimiter + 1 ELSE 1 END;
      WHILE delimiter <= length(encoded) LOOP
        before := place; weight := 1; k := 36;
        LOOP
          digit := ascii(substr(encoded, delimiter, 1));
          delimiter := delimiter + 1;
          digit := CASE WHEN digit BETWEEN 97 AND 122 THEN digit - 97 WHEN digit BETWEEN 48 AND 57 THEN digit - 22 END;
          EXIT decode WHEN digit IS NULL;
          place := place + digit * weight;
          threshold := least(greatest(k - bias, 1), 26);
          EXIT decode WHEN place > 2147483647;
          EXIT WHEN digit < threshold;
          weight := weight * (36 - threshold);
          EXIT decode WHEN weight > 2147483647;
          k := k + 36;
        END LOOP;
        rest := (place - before) / CASE WHEN before = 0 THEN 700 ELSE 2 END;
        rest := rest + rest / (cardinality(points) + 1);
        k := 0;
        WHILE rest > 455 LOOP
          rest := rest / 35;
          k := k + 36;
        END LOOP;
        bias := k + 36 * rest / (rest + 38);
        EXIT decode WHEN code_point + place / (cardinality(points) + 1) > 1114111;
        code_point := code_point + place / (cardinality(points) + 1);
        place := place % (cardinality(points) + 1);
        EXIT decode WHEN code_point BETWEEN 55296 AND 57343;
        points := points[1:place] || code_point || points[place + 1:];
        place := place + 1;
      END LOOP;
      form := (SELECT string_agg(chr(point), '' ORDER BY number) FROM unnest(points) WITH ORDINALITY AS decoded (point, number));
      ${FOLD}
      IF octet_length(form) <> length(form) AND form !~ '[.@${IDEOGRAPHIC_DOT}]' THEN
        label := form;
      END IF;
    END decode;
    domain := domain || '.' || label;
  END LOOP;
  RETURN left(email, pos) || substr(domain, 2);
END
$function$`
