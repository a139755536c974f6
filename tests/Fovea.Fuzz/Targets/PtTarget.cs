namespace Fovea.Fuzz;

/// <summary>`.pt` files of both containers: the zip and the pickle in it, the older run of pickles.</summary>
internal sealed class PtTarget() : CheckpointTarget("pt_files")
{
    public override string Name => "pt";

    internal override byte[] Seal(byte[] input, Random random) => ZipChecksums.Seal(input);
}
