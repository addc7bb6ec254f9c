-- Why: a unit numbers its reports in a register of its own, and each number stands there once a year (NĐ 30/2020, article 15.1).
CREATE UNIQUE INDEX report_own_number_key ON report
    (unit_id, (state #>> '{ownNumber,symbol}'), left(state #>> '{ownNumber,issuedOn}', 4));
