//! Values on their way to the server and cells on their way back, in its binary format.

use std::error::Error as StdError;

use ::postgres::types::private::BytesMut;
use ::postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::{Cell, Value};

type Failure = Box<dyn StdError + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match self {
            Self::Null => return Ok(IsNull::Yes),
            Self::Int(value) => return int_to_sql(*value, ty, out),
            Self::Text(value) if is_text(ty) => out.extend_from_slice(value.as_bytes()),
            Self::Blob(value) if *ty == Type::BYTEA => out.extend_from_slice(value),
            Self::Text(_) => return Err(format!("text where {ty} belongs").into()),
            Self::Blob(_) => return Err(format!("bytes where {ty} belong").into()),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn is_text(ty: &Type) -> bool {
    [Type::TEXT, Type::VARCHAR, Type::BPCHAR, Type::NAME, Type::UNKNOWN].contains(ty)
}

/// The server decides on a parameter's type by what stands around it; a number fits them all.
fn int_to_sql(value: i64, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
    match *ty {
        Type::INT8 => out.extend_from_slice(&value.to_be_bytes()),
        Type::INT4 => out.extend_from_slice(&i32::try_from(value)?.to_be_bytes()),
        Type::INT2 => out.extend_from_slice(&i16::try_from(value)?.to_be_bytes()),
        Type::BOOL if value == 0 || value == 1 => out.extend_from_slice(&[u8::from(value == 1)]),
        Type::NUMERIC => numeric_to_sql(value, out),
        ref text if is_text(text) => out.extend_from_slice(value.to_string().as_bytes()),
        ref other => return Err(format!("a number where {other} belongs").into()),
    }
    Ok(IsNull::No)
}

/// NUMERIC: count of digits, weight of the first, sign, scale, then digits to the base 10 000.
fn numeric_to_sql(value: i64, out: &mut BytesMut) {
    let mut digits = [0u16; 5];
    let (mut rest, mut count) = (value.unsigned_abs(), 0u16);
    while rest > 0 {
        // The remainder is below 10 000.
        digits[usize::from(count)] = u16::try_from(rest % 10_000).unwrap_or_default();
        rest /= 10_000;
        count += 1;
    }
    let sign: u16 = if value < 0 { 0x4000 } else { 0 };
    for word in [count, count.saturating_sub(1), sign, 0] {
        out.extend_from_slice(&word.to_be_bytes());
    }
    for digit in digits[..usize::from(count)].iter().rev() {
        out.extend_from_slice(&digit.to_be_bytes());
    }
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        Ok(match *ty {
            Type::INT8 => Self::Int(i64::from_be_bytes(raw.try_into()?)),
            Type::INT4 => Self::Int(i32::from_be_bytes(raw.try_into()?).into()),
            Type::INT2 => Self::Int(i16::from_be_bytes(raw.try_into()?).into()),
            Type::BOOL => Self::Int(raw.first().copied().unwrap_or_default().into()),
            Type::NUMERIC => Self::Int(numeric_from_sql(raw)?),
            Type::BYTEA => Self::Blob(raw),
            ref text if is_text(text) => Self::Text(std::str::from_utf8(raw)?),
            ref other => return Err(format!("type {other} is not used here").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failure> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A whole number, as `SUM` over BIGINT gives; a fraction is an error.
fn numeric_from_sql(raw: &[u8]) -> Result<i64, Failure> {
    let mut words = raw.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let mut next = || words.next().ok_or("a broken NUMERIC");
    let (count, weight, sign, _scale) = (next()?, next()?.cast_signed(), next()?, next()?);
    if sign & 0x8000 != 0 {
        return Err("a NUMERIC without a value".into());
    }
    let mut total: i128 = 0;
    for place in 0..i32::from(count) {
        let digit = next()?;
        let power = i32::from(weight) - place;
        match u32::try_from(power) {
            // More than five groups of four digits cannot be an i64.
            Ok(power) if power < 6 => total += i128::from(digit) * 10_000i128.pow(power),
            Ok(_) => return Err("a NUMERIC out of range".into()),
            Err(_) if digit == 0 => {}
            Err(_) => return Err("a fraction where a whole number belongs".into()),
        }
    }
    Ok(i64::try_from(if sign == 0x4000 { -total } else { total })?)
}

#[cfg(test)]
mod tests {
    use super::{numeric_from_sql, numeric_to_sql};
    use ::postgres::types::private::BytesMut;
    use proptest::prelude::{any, proptest};

    proptest! {
        #[test]
        fn numeric_there_and_back(value in any::<i64>()) {
            let mut out = BytesMut::new();
            numeric_to_sql(value, &mut out);
            assert_eq!(numeric_from_sql(&out).unwrap(), value);
        }
    }

    #[test]
    fn fractions_and_giants_are_refused() {
        // 0.5: one digit 5000 with weight -1.
        assert!(numeric_from_sql(&[0, 1, 0xff, 0xff, 0, 0, 0, 1, 0x13, 0x88]).is_err());
        // 10^20, and NaN.
        assert!(numeric_from_sql(&[0, 1, 0, 5, 0, 0, 0, 0, 0, 1]).is_err());
        assert!(numeric_from_sql(&[0, 0, 0, 0, 0xc0, 0, 0, 0]).is_err());
    }
}
