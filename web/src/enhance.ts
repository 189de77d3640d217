// What a page gains with JavaScript; without it everything works as well, only less comfortably.
import { followThread } from "./live.js";
import { keepDrafts } from "./drafts.js";
import { leaveAtOnce } from "./leave.js";
import { followAlarms } from "./alarm.js";
import { followTalk } from "./talk.js";
import { followStory } from "./story.js";
import { keepPace } from "./pace.js";
import { showLocalTimes } from "./times.js";
import { workerAddress } from "./trusted.js";

leaveAtOnce();
showLocalTimes(document);
keepDrafts();
keepPace();
followThread();
followTalk();
followStory();
followAlarms();
document.getElementById("errors")?.focus();
if ("serviceWorker" in navigator) void navigator.serviceWorker.register(workerAddress() as unknown as string);
