/**
 * Every closed list of the business, in one place: types, wire schemas and the
 * database's checks all derive from these. The words are those of the trade
 * (domain.md, "Vocabulary").
 */
export const actionTypes = [
  'maintenance',
  'replace_part',
  'replace_full',
  'return_refund',
  'exchange',
] as const;
export type ActionType = (typeof actionTypes)[number];

export const actionSubtypes = ['warranty', 'paid'] as const;
export type ActionSubtype = (typeof actionSubtypes)[number];

export const actionStatuses = [
  'requested',
  'return_ordered',
  'return_in_transit',
  'return_received',
  'inspecting',
  'awaiting_review',
  'hub_confirmed',
  'in_progress',
  'shipping_back',
  'completed',
  'rejected',
  'cancelled',
  'failed',
] as const;
export type ActionStatus = (typeof actionStatuses)[number];

export const confirmationTypes = [
  'return_inspection',
  'maintenance_verification',
  'exchange_verification',
] as const;
export type ConfirmationType = (typeof confirmationTypes)[number];

export const confirmationStatuses = [
  'pending',
  'scanned',
  'inspecting',
  'awaiting_review',
  'confirmed',
  'rejected',
] as const;
export type ConfirmationStatus = (typeof confirmationStatuses)[number];

export const productConditions = ['excellent', 'good', 'fair', 'poor', 'damaged'] as const;
export type ProductCondition = (typeof productConditions)[number];

export const testResults = ['working', 'partially_working', 'not_working'] as const;
export type TestResult = (typeof testResults)[number];

export const recommendedActions = [
  'maintenance',
  'replace_part',
  'replace_full',
  'refund',
  'dispose',
] as const;
export type RecommendedAction = (typeof recommendedActions)[number];

export const priorities = ['low', 'medium', 'high', 'urgent'] as const;
export type Priority = (typeof priorities)[number];

export const leaderDecisions = ['approved', 'rejected', 'requires_changes'] as const;
export type LeaderDecision = (typeof leaderDecisions)[number];

export const returnDecisions = ['retry', 'walk_in', 'cancel'] as const;
export type ReturnDecision = (typeof returnDecisions)[number];

export const deliveryDecisions = ['resend', 'hold', 'close'] as const;
export type DeliveryDecision = (typeof deliveryDecisions)[number];

export const returnMethods = ['bosta_pickup', 'walk_in'] as const;
export type ReturnMethod = (typeof returnMethods)[number];

export const refundMethods = ['courier_cash', 'bank_transfer', 'instapay', 'wallet'] as const;
export type RefundMethod = (typeof refundMethods)[number];

export const refundStatuses = ['requested', 'approved', 'paid', 'cancelled'] as const;

export const repairOutcomes = ['repaired', 'failed'] as const;
export type RepairOutcome = (typeof repairOutcomes)[number];

export const serviceTypes = ['main', 'maintenance', 'service', 'return', 'operational'] as const;
export type ServiceType = (typeof serviceTypes)[number];

export const hierarchyStatuses = ['unlinked', 'main', 'sub', 'linked', 'pending_review'] as const;
export type HierarchyStatus = (typeof hierarchyStatuses)[number];

export const businessCategories = [
  'Real Sales Order',
  'Maintenance Order',
  'Service Order',
  'Refund Order',
  'Operational Order',
] as const;
export type BusinessCategory = (typeof businessCategories)[number];

export const deliveryCategories = [
  'sales',
  'maintenance',
  'service',
  'refund',
  'operational',
] as const;
export type DeliveryCategory = (typeof deliveryCategories)[number];

export const codCategories = ['High Value', 'Medium', 'Low', 'Zero', 'Refund'] as const;
export type CodCategory = (typeof codCategories)[number];

export const relationshipTypes = [
  'maintenance',
  'service',
  'return',
  'replacement',
  'exchange',
  'pickup',
  'way_back',
] as const;
export type RelationshipType = (typeof relationshipTypes)[number];

export const customerSegments = ['vip', 'regular', 'new', 'problematic'] as const;
export type CustomerSegment = (typeof customerSegments)[number];

export const customerRisks = ['high', 'medium', 'low'] as const;
export type CustomerRisk = (typeof customerRisks)[number];

export const roles = ['admin', 'manager', 'leader', 'agent', 'hub', 'technician'] as const;
export type Role = (typeof roles)[number];

/** Whom a case can wait for: a role, or a party outside the company. */
export const waitingParties = [...roles, 'courier', 'stock', 'customer'] as const;
export type WaitingParty = (typeof waitingParties)[number];

export const itemTypes = ['product', 'part'] as const;
export type ItemType = (typeof itemTypes)[number];

export const stockGrades = ['sound', 'damaged'] as const;
export type StockGrade = (typeof stockGrades)[number];

export const movementTypes = [
  'purchase',
  'repair_use',
  'sent_to_customer',
  'returned_by_customer',
  'adjustment',
  'transfer',
] as const;
export type MovementType = (typeof movementTypes)[number];

/** What people write in a case, and may still change: the words stay in Postgres. */
export const caseTexts = ['service_reason', 'notes', 'pickup_address'] as const;
export type CaseText = (typeof caseTexts)[number];

/** What a delivery that a case makes is for. */
export const deliveryPurposes = ['pickup', 'way_back', 'replacement', 'home'] as const;
export type DeliveryPurpose = (typeof deliveryPurposes)[number];

/** How a delivery was read: as an item of a search, which lacks a third of it, or in full. */
export const payloadKinds = ['search', 'full'] as const;
export type PayloadKind = (typeof payloadKinds)[number];

/** Why a delivery could not be taken in. */
export const failureCauses = [
  'unidentifiable',
  'too_deep',
  'refused_value',
  'program_error',
] as const;
export type FailureCause = (typeof failureCauses)[number];
