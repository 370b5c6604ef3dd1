#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_MADE_UP_SCORES_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_MADE_UP_SCORES_H_

#include "tuoyu/complaint/v1/review.pb.h"

namespace tuoyu::complaint {

// Scores for tests: the same in each dimension.
inline v1::ReviewScores MadeUpScores(int each) {
  v1::ReviewScores scores;
  scores.set_safety(each);
  scores.set_care(each);
  scores.set_meals(each);
  scores.set_communication(each);
  scores.set_fees(each);
  return scores;
}

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_MADE_UP_SCORES_H_
