// What records and init-only properties need that netstandard2.0 does not have.
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
