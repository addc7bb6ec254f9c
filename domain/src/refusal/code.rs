//! A code, as the table of all of them makes it.

/// What sort of no it is; the edge gives each its status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The policy says no to this person (403).
    Forbidden,
    /// The stage of the object, or something that already exists, stands in the way (409).
    Conflict,
    /// A rule of the law or of the plan says no to what was asked (422).
    Rule,
}

// One table instead of three matches that must agree: the variant, its kind and its stable code.
macro_rules! codes {
    ($( $kind:ident { $( $(#[$doc:meta])* $name:ident = $code:literal, )* } )*) => {
        /// A reason to refuse, with a code that never changes; its texts are in the message catalogue.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Code { $( $( $(#[$doc])* $name, )* )* }

        impl std::fmt::Display for Code {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Code {
            /// All codes, for the catalogue and its test.
            pub const ALL: &'static [Self] = &[ $( $( Self::$name, )* )* ];

            /// The code on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( $( Self::$name => $code, )* )* }
            }

            /// What sort of no it is.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $( $( Self::$name => Kind::$kind, )* )* }
            }
        }
    };
}
pub(super) use codes;
