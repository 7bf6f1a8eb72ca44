/** Whether the user has moved inside the frame: only then a heading takes the focus, never on the first load. */
export const visits = { moved: false };
