import fc from 'fast-check';

// A suite that fails by chance holds everybody up, and what it found is lost in the next run: the same examples every
// time, and others on request (PROPERTY_SEED=1234 npm test).
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_261_122) });

export { fc };
