import pg from 'pg';

// numeric/bigint come back as strings otherwise and "10" + "5" is "105". found that one in production
pg.types.setTypeParser(20, Number);
pg.types.setTypeParser(1700, Number);

// writes. 4 was plenty in 2017
export const db = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4 });

// reads. the replica is gone since 2021, same host now. name stays, it's everywhere
export const replica = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

// without these an idle connection that drops takes the whole process down (hk)
db.on('error', (err) => console.error(err.message));
replica.on('error', (err) => console.error(err.message));
