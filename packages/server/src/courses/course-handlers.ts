/** The routes of wire/courses.ts. */
import { bookAppointment, freeTimes } from './book-appointment.ts';
import { bookCourse, proposeCourse } from './book-course.ts';
import { calendar } from './calendar.ts';
import { addSessions, changeCourse, clientCourses, course, proposeSessions } from './change-course.ts';
import { bookableSkills } from './gate.ts';
import { importAppointments } from './import-appointments.ts';
import { createFeed, feed, feeds, removeFeed } from './feeds.ts';
import { importAbsences } from './import-absences.ts';
import { moveAppointment } from './move-appointment.ts';
import { proposeMove } from './propose-move.ts';
import { recordFact } from './record-fact.ts';
import {
  cancelAppointment,
  continueAppointment,
  finishAppointment,
  interruptAppointment,
  missAppointment,
  startAppointment,
} from './session-day.ts';

export const courseHandlers = {
  proposeCourse,
  bookCourse,
  course,
  clientCourses,
  proposeMove,
  moveAppointment,
  changeCourse,
  proposeSessions,
  addSessions,
  bookAppointment,
  freeTimes,
  cancelAppointment,
  startAppointment,
  finishAppointment,
  interruptAppointment,
  continueAppointment,
  missAppointment,
  recordFact,
  importAppointments,
  bookableSkills,
  calendar,
  feeds,
  createFeed,
  removeFeed,
  feed,
  importAbsences,
};
