import { answerRequest } from '../../modules/application/answer.ts';
import { approveApplication } from '../../modules/application/approve.ts';
import { askForInformation } from '../../modules/application/ask.ts';
import { assignApplication } from '../../modules/application/assign.ts';
import { checkTaxNumber } from '../../modules/application/check-tax-id.ts';
import { getClientFacts } from '../../modules/application/client-facts.ts';
import { dismissMatch } from '../../modules/application/dismiss-match.ts';
import { findLikeCompanies } from '../../modules/application/find-like.ts';
import { getOwnApplication } from '../../modules/application/get-own.ts';
import { getApplication } from '../../modules/application/get.ts';
import { listApplications } from '../../modules/application/list.ts';
import { assignApplications } from '../../modules/application/many.ts';
import { rejectApplications } from '../../modules/application/many.ts';
import { rejectApplication } from '../../modules/application/reject.ts';
import { listReplies } from '../../modules/application/replies.ts';
import { saveDraft } from '../../modules/application/save-draft.ts';
import { submitApplication } from '../../modules/application/submit.ts';
import { withdrawApplication } from '../../modules/application/withdraw.ts';
import { writeMessage } from '../../modules/application/write-message.ts';
import { writeToProvider } from '../../modules/application/write-message.ts';
import { applyBulkChange } from '../../modules/bulk/apply.ts';
import { previewBulkChange } from '../../modules/bulk/preview.ts';
import { getMe } from '../../modules/identity/me.ts';
import { getPulse } from '../../modules/identity/pulse.ts';
import { viewAsReseller } from '../../modules/identity/view-as.ts';
import { previewImport } from '../../modules/import/preview.ts';
import { runImport } from '../../modules/import/run.ts';
import { addNote } from '../../modules/note/add.ts';
import { editNote } from '../../modules/note/edit.ts';
import { listNotes } from '../../modules/note/list.ts';
import { eraseReseller } from '../../modules/person/erase-reseller.ts';
import { exportOwnData } from '../../modules/person/export-own.ts';
import { exportResellerData } from '../../modules/person/export-reseller.ts';
import { getResellerPolicy } from '../../modules/policy/get.ts';
import { saveResellerPolicy } from '../../modules/policy/save.ts';
import { decideProfileChange } from '../../modules/profile/decide-change.ts';
import { getProfile } from '../../modules/profile/get.ts';
import { listProfileChanges } from '../../modules/profile/list-changes.ts';
import { updateProfile } from '../../modules/profile/update.ts';
import { withdrawProfileChange } from '../../modules/profile/withdraw-change.ts';
import { createReseller } from '../../modules/reseller/create.ts';
import { getResellerDetails } from '../../modules/reseller/details.ts';
import { getReseller } from '../../modules/reseller/get.ts';
import { listResellers } from '../../modules/reseller/list.ts';
import { printGates } from '../../modules/reseller/print-gates.ts';
import { searchHostClients } from '../../modules/reseller/search-host-clients.ts';
import { setStatus } from '../../modules/reseller/set-status.ts';
import { previewTerms } from '../../modules/reseller/preview-terms.ts';
import { setTerms } from '../../modules/reseller/set-terms.ts';
import { totalResellers } from '../../modules/reseller/totals.ts';
import { updateReseller } from '../../modules/reseller/update.ts';
import { createTier } from '../../modules/tier/create.ts';
import { listTierDecisions } from '../../modules/tier/decisions.ts';
import { listTiers } from '../../modules/tier/list.ts';
import { countTierMembers } from '../../modules/tier/members.ts';
import { pinTier } from '../../modules/tier/pin.ts';
import { getTierProgress } from '../../modules/tier/progress.ts';
import { removeTier } from '../../modules/tier/remove.ts';
import { reorderTiers } from '../../modules/tier/reorder.ts';
import { saveTierRules } from '../../modules/tier/save-rules.ts';
import { simulateTiers } from '../../modules/tier/simulate.ts';
import { listTierStandings } from '../../modules/tier/standings.ts';
import { updateTier } from '../../modules/tier/update.ts';
import { mutation, query, t } from '../procedure.ts';

/** Who is in the programme, and on what terms. */
export const programme = {
  me: t.router({ get: query(getMe) }),
  pulse: t.router({ get: query(getPulse) }),
  resellers: t.router({
    list: query(listResellers),
    get: query(getReseller),
    create: mutation(createReseller),
    previewTerms: query(previewTerms),
    setTerms: mutation(setTerms),
    setStatus: mutation(setStatus),
    importPreview: mutation(previewImport),
    import: mutation(runImport),
    totals: query(totalResellers),
    details: query(getResellerDetails),
    update: mutation(updateReseller),
    previewChange: mutation(previewBulkChange),
    applyChange: mutation(applyBulkChange),
    exportData: mutation(exportResellerData),
    erase: mutation(eraseReseller),
    gates: query(printGates),
    viewAs: mutation(viewAsReseller),
  }),
  application: t.router({
    get: query(getOwnApplication),
    checkTaxId: query(checkTaxNumber),
    saveDraft: mutation(saveDraft),
    submit: mutation(submitApplication),
    answer: mutation(answerRequest),
    write: mutation(writeToProvider),
    withdraw: mutation(withdrawApplication),
  }),
  applications: t.router({
    list: query(listApplications),
    get: query(getApplication),
    clientFacts: query(getClientFacts),
    findLike: query(findLikeCompanies),
    assign: mutation(assignApplication),
    assignMany: mutation(assignApplications),
    ask: mutation(askForInformation),
    approve: mutation(approveApplication),
    reject: mutation(rejectApplication),
    rejectMany: mutation(rejectApplications),
    replies: query(listReplies),
    write: mutation(writeMessage),
    dismissMatch: mutation(dismissMatch),
  }),
  resellerNotes: t.router({ list: query(listNotes), add: mutation(addNote), edit: mutation(editNote) }),
  profile: t.router({
    get: query(getProfile),
    update: mutation(updateProfile),
    withdrawChange: mutation(withdrawProfileChange),
    export: mutation(exportOwnData),
  }),
  resellerPolicy: t.router({ get: query(getResellerPolicy), save: mutation(saveResellerPolicy) }),
  profileChanges: t.router({ list: query(listProfileChanges), decide: mutation(decideProfileChange) }),
  hostClients: t.router({ search: query(searchHostClients) }),
  tiers: t.router({
    list: query(listTiers),
    members: query(countTierMembers),
    create: mutation(createTier),
    update: mutation(updateTier),
    remove: mutation(removeTier),
    reorder: mutation(reorderTiers),
    saveRules: mutation(saveTierRules),
    standings: query(listTierStandings),
    progress: query(getTierProgress),
    decisions: query(listTierDecisions),
    pin: mutation(pinTier),
    simulate: mutation(simulateTiers),
  }),
};
