"""What is kept: tables, transactions, migrations, sealing and the audit chain, on SQLite or PostgreSQL. No rules."""
