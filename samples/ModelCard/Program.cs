// The two snippets of the model card vit_reg4_m16_rms_avg_i-jepa in C#: dotnet run --project samples/ModelCard -- MODEL IMAGE
if (args.Length != 2)
{
    Console.Error.WriteLine("ModelCard: name a model file and a picture.");
    return 2;
}
ModelCard.ImageEmbeddings.Run(args[0], args[1]);
ModelCard.DetectionFeatureMap.Run(args[0], args[1]);
return 0;
