// The guard: see guard.py.
export default {
  initialize() {},
};
