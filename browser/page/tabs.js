// The other tabs and windows in which the course is open: they hear of what is written here.
const channel = "BroadcastChannel" in window ? new BroadcastChannel("softpower-course") : null;

export const tell = (message) => channel?.postMessage(message);

// Takes what is done with each kind of message, { kind: (message) => ... }.
export function listen(works) {
  if (channel) channel.onmessage = ({ data }) => works[data.kind]?.(data);
}
