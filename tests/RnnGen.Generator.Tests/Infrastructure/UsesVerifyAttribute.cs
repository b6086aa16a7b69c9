#if !USE_VERIFY
namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Marks a class that has snapshots. Verify's own attribute of that name, which it demands, takes its place where Verify is built in.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UsesVerifyAttribute : Attribute;
#endif
