//! The one shape of a command on something that exists: load, permit, carry out, save.

use serde::Serialize;
use thidua_domain::{
    id::Id,
    policy::{self, Action, Command, Subject},
    principal::Actor,
    refusal::Code,
};
use thidua_persistence::{Expected, Fence, Saved, Store, StoreError, Stored, Tx};
use utoipa::ToSchema;

use crate::{input::Caller, problem::Problem};

/// Carries out the command that `decide` makes of the request and of what the store knows.
///
/// # Errors
/// Whatever stands in the way, in the order of the contract.
pub(crate) async fn command<C, A>(
    store: &Store,
    caller: &Caller,
    fence: Fence,
    id: Id<A>,
    expected: Expected,
    decide: impl AsyncFn(&Tx, &A) -> Result<C, StoreError> + 'static,
) -> Result<Saved<A>, Problem>
where
    C: Command<A, Of = A>,
    A: Stored + Subject,
{
    let written = store.write(caller.call.clone(), caller.claim.clone(), fence, async move |tx| {
        let object = tx.load::<A>(id).await?;
        let permitted = tx.permit::<C, A>(object, expected)?;
        let command = decide(tx, &permitted).await?;
        tx.carry_out(permitted, command).await
    });
    Ok(written.await?)
}

/// A command that this caller could or could not carry out now.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ActionState)]
pub(crate) struct ActionView {
    /// operationId of the command. Clients must tolerate new values.
    #[schema(max_length = 60, pattern = "^[a-z][A-Za-z]+$", example = "launchCampaign")]
    operation: &'static str,
    /// Whether it would be carried out.
    allowed: bool,
    /// The code of what stands in the way: the policy first, then the stage. Clients must tolerate new values.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 80, pattern = "^[a-z][A-Za-z.]*$", example = "campaign.notIssued")]
    obstacle: Option<&'static str>,
}

impl ActionView {
    /// Asks what guards the command itself.
    pub(crate) fn of<C: Command<S>, S: Subject>(actor: &Actor, subject: &S) -> Self {
        Self::answered(C::ACTION, policy::could::<C, S>(actor, subject))
    }

    /// Says what was answered of a command that makes something for some unit, or of some sort.
    pub(crate) fn answered(action: Action, answer: Result<(), Code>) -> Self {
        let obstacle = answer.err().map(Code::as_str);
        Self { operation: action.as_str(), allowed: obstacle.is_none(), obstacle }
    }
}
