//! What of a kind a caller may know of.

use crate::unit::UnitId;

/// One window on a kind of objects: some units, some stages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Window {
    /// The units; `None` for all, and for objects that belong to none.
    pub units: Option<Vec<UnitId>>,
    /// The stages; `None` for all.
    pub stages: Option<&'static [&'static str]>,
    /// The units to one of which it was shown; `None` for whomever, and for objects that are shown to none.
    pub shown_to: Option<Vec<UnitId>>,
}

/// The union of windows; without one, nothing is seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Visibility(Vec<Window>);

impl Visibility {
    /// Sees nothing.
    #[must_use]
    pub const fn nothing() -> Self {
        Self(Vec::new())
    }

    /// Sees everything of the kind.
    #[must_use]
    pub fn everything() -> Self {
        Self(vec![Window::default()])
    }

    /// Adds what one of the caller's roles sees.
    #[must_use]
    pub fn and(mut self, condition: bool, window: Window) -> Self {
        if condition {
            self.0.push(window);
        }
        self
    }

    /// Whether nothing of the kind is kept back.
    #[must_use]
    pub fn whole(&self) -> bool {
        self.0.contains(&Window::default())
    }

    /// The windows, for a query.
    #[must_use]
    pub fn windows(&self) -> &[Window] {
        &self.0
    }

    /// Whether an object of this unit in this stage, which was shown to those units, is seen.
    #[must_use]
    pub fn admits(&self, unit: Option<UnitId>, stage: &str, shown_to: &[UnitId]) -> bool {
        self.0.iter().any(|window| {
            window.units.as_ref().is_none_or(|units| unit.is_some_and(|unit| units.contains(&unit)))
                && window.stages.is_none_or(|stages| stages.contains(&stage))
                && window.shown_to.as_ref().is_none_or(|units| units.iter().any(|unit| shown_to.contains(unit)))
        })
    }
}
