/** Loads the module of this package that holds the script of the threads. */
export const loadThreadScript = () => import('./embedded/threadScript.generated');
